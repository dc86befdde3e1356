import { Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentOrigin, PasswordRestoreService, RestorePasswordDto } from '#auth';
import { Attributes, GENERIC_ERRORS, JsonApiController } from '#json-api';
import type { Origin } from '#mfa';
import { Route } from '../access/route.decorator.js';
import { CUSTOMER_ERRORS } from '../customers/customers.errors.js';

/** Customers choose a new password with a mailed key (contract: resources, section 2.1). */
@ApiTags('customers')
@JsonApiController('customer-restore-password')
export class CustomerRestorePasswordController {
  constructor(private readonly passwords: PasswordRestoreService) {}

  /** The id must be present but is ignored: the key identifies the account. */
  @Patch(['', ':id'])
  @Route({
    access: 'public',
    limited: 'new-password',
    summary: 'Sets a new password for a mailed key, confirms the address and ends all sessions; MFA stays as it is',
    ids: { id: 'mine' },
    errors: [
      GENERIC_ERRORS.missingId,
      CUSTOMER_ERRORS.passwordsDiffer,
      CUSTOMER_ERRORS.sameCharacterSequence,
      CUSTOMER_ERRORS.commonPassword,
      CUSTOMER_ERRORS.restoreKeyInvalid,
    ],
  })
  async restore(@Attributes() attributes: RestorePasswordDto, @CurrentOrigin() origin: Origin): Promise<void> {
    await this.passwords.restore('customer', attributes, origin);
  }
}

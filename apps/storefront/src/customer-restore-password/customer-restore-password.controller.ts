import { Inject, Patch } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import {
  CurrentOrigin,
  PasswordRestoreService,
  restorePasswordAttributes,
  type RestorePasswordAttributes,
} from '#auth';
import { GENERIC_ERRORS, JsonApiController, RawAttributes, validateAttributes } from '#json-api';
import type { Origin } from '#mfa';
import { SETTINGS, type Settings } from '#platform';
import { Route } from '../access/route.decorator.js';
import { CUSTOMER_ERRORS } from '../customers/customers.errors.js';

const EXAMPLE = {
  restorePasswordKey: 'Zm9yLWEtbmV3LXBhc3N3b3JkLW9mLXRoZS1oYXJib3I',
  password: 'Harbor-Demo-02!',
  confirmPassword: 'Harbor-Demo-02!',
};

/** Customers choose a new password with a mailed key (contract: resources, section 2.1). */
@ApiTags('customers')
@JsonApiController('customer-restore-password')
export class CustomerRestorePasswordController {
  private readonly attributesClass: new () => RestorePasswordAttributes;

  constructor(
    private readonly passwords: PasswordRestoreService,
    @Inject(SETTINGS) { passwordMinLength }: Settings,
  ) {
    this.attributesClass = restorePasswordAttributes(passwordMinLength);
  }

  /** The id only has to be there: the key says whose password it is. */
  @Patch(['', ':id'])
  @ApiParam({ name: 'id', example: 'mine', description: 'any value; the key says whose password it is' })
  @Route({
    access: 'public',
    limited: true,
    summary: 'Sets a new password for a mailed key, confirms the address and ends all sessions; MFA stays as it is',
    request: { type: 'customer-restore-password', attributes: EXAMPLE },
    errors: [
      GENERIC_ERRORS.missingId,
      CUSTOMER_ERRORS.passwordsDiffer,
      CUSTOMER_ERRORS.sameCharacterSequence,
      CUSTOMER_ERRORS.commonPassword,
      CUSTOMER_ERRORS.restoreKeyInvalid,
    ],
  })
  async restore(@RawAttributes() attributes: object, @CurrentOrigin() origin: Origin): Promise<void> {
    await this.passwords.restore('customer', await validateAttributes(this.attributesClass, attributes), origin);
  }
}

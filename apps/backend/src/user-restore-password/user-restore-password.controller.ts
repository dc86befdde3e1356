import { Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentOrigin, PASSWORD_ERRORS, PasswordRestoreService, RestorePasswordDto, WEAKNESS_ERRORS } from '#auth';
import { Attributes, GENERIC_ERRORS, JsonApiController } from '#json-api';
import type { Origin } from '#mfa';
import { Route } from '../access/route.decorator.js';

/** Users choose a new password with a mailed key (contract: MFA, section 4, rule 10). */
@ApiTags('users')
@JsonApiController('user-restore-password')
export class UserRestorePasswordController {
  constructor(private readonly passwords: PasswordRestoreService) {}

  /** The id must be present but is ignored: the key identifies the account. */
  @Patch(['', ':id'])
  @Route({
    access: 'public',
    limited: 'new-password',
    summary:
      'Sets a new password for a mailed key and ends all sessions; MFA stays as it is. The id can be anything: the key says whose password it is',
    ids: { id: 'mine' },
    errors: [
      GENERIC_ERRORS.missingId,
      PASSWORD_ERRORS.passwordsDiffer,
      ...Object.values(WEAKNESS_ERRORS),
      PASSWORD_ERRORS.restoreKeyInvalid,
    ],
  })
  async restore(@Attributes() attributes: RestorePasswordDto, @CurrentOrigin() origin: Origin): Promise<void> {
    await this.passwords.restore('user', attributes, origin);
  }
}

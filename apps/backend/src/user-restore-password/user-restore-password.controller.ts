import { Inject, Patch } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import {
  CurrentOrigin,
  PASSWORD_ERRORS,
  PasswordRestoreService,
  restorePasswordAttributes,
  WEAKNESS_ERRORS,
  type RestorePasswordAttributes,
} from '#auth';
import { GENERIC_ERRORS, JsonApiController, RawAttributes, validateAttributes } from '#json-api';
import type { Origin } from '#mfa';
import { SETTINGS, type Settings } from '#platform';
import { Route } from '../access/route.decorator.js';

const EXAMPLE = {
  restorePasswordKey: 'Zm9yLWEtbmV3LXBhc3N3b3JkLW9mLXRoZS1oYXJib3I',
  password: 'Gate-Demo-02!',
  confirmPassword: 'Gate-Demo-02!',
};

/** Users choose a new password with a mailed key (contract: MFA, section 4, rule 10). */
@ApiTags('users')
@JsonApiController('user-restore-password')
export class UserRestorePasswordController {
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
    summary: 'Sets a new password for a mailed key and ends all sessions; MFA stays as it is',
    request: { type: 'user-restore-password', attributes: EXAMPLE },
    errors: [
      GENERIC_ERRORS.missingId,
      PASSWORD_ERRORS.passwordsDiffer,
      ...Object.values(WEAKNESS_ERRORS),
      PASSWORD_ERRORS.restoreKeyInvalid,
    ],
  })
  async restore(@RawAttributes() attributes: object, @CurrentOrigin() origin: Origin): Promise<void> {
    await this.passwords.restore('user', await validateAttributes(this.attributesClass, attributes), origin);
  }
}

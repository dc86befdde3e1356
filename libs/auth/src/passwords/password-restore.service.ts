import { Injectable } from '@nestjs/common';
import { ApiException } from '#json-api';
import type { AccountKind, Origin } from '#mfa';
import { AccountKeyService } from '../account-keys/account-key.service.js';
import { assertStrong } from './new-password.js';
import { PASSWORD_ERRORS } from './password-errors.js';
import { hashPassword } from './password-hashing.js';
import type { RestorePasswordDto } from './dto/restore-password.dto.js';

/** Sets a new password for a mailed key. Sessions, codes and grants end; MFA stays active. */
@Injectable()
export class PasswordRestoreService {
  constructor(private readonly keys: AccountKeyService) {}

  /**
   * If the password is refused, the key remains valid.
   *
   * @param kind the only kind of account whose keys are accepted
   * @throws ApiException 422 / 406, 400 / 421, 400 / 422, 422 / 415
   */
  async restore(
    kind: AccountKind,
    { restorePasswordKey, password, confirmPassword }: RestorePasswordDto,
    origin: Origin,
  ): Promise<void> {
    if (password !== confirmPassword) throw new ApiException(PASSWORD_ERRORS.passwordsDiffer);
    assertStrong(password);
    const account = await this.keys.restorePassword(kind, restorePasswordKey, await hashPassword(password), origin);
    if (!account) throw new ApiException(PASSWORD_ERRORS.restoreKeyInvalid);
  }
}

import { Injectable } from '@nestjs/common';
import { AccountKeyService, hashPassword, WEAKNESS_ERRORS, weaknessOf } from '#auth';
import { ApiException } from '#json-api';
import { CUSTOMER_ERRORS } from '../customers/customers.errors.js';
import type { CustomerRestorePasswordAttributes } from './customer-restore-password.attributes.js';

/** Gives a customer a new password for a mailed key; sessions, codes and grants end, MFA stays on. */
@Injectable()
export class CustomerRestorePasswordService {
  constructor(private readonly keys: AccountKeyService) {}

  /**
   * A password that is refused leaves the key as it is.
   *
   * @throws ApiException 422 / 406, 400 / 421, 400 / 422, 422 / 415
   */
  async restore({ restorePasswordKey, password, confirmPassword }: CustomerRestorePasswordAttributes): Promise<void> {
    if (password !== confirmPassword) throw new ApiException(CUSTOMER_ERRORS.passwordsDiffer);
    const weakness = weaknessOf(password);
    if (weakness) throw new ApiException(WEAKNESS_ERRORS[weakness]);
    const account = await this.keys.restorePassword(restorePasswordKey, await hashPassword(password));
    if (!account) throw new ApiException(CUSTOMER_ERRORS.restoreKeyInvalid);
  }
}

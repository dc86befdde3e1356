import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { assertStrong, hashPassword, PasswordService, type ReachableCaller } from '#auth';
import { ApiException, type JsonApiHttpRequest } from '#json-api';
import { actorOf } from '#mfa';
import { Clock, type ClientRequest } from '#platform';
import type { LoggedInCustomer } from '../access/shopper.js';
import { CUSTOMER_ERRORS } from '../customers/customers.errors.js';
import type { ChangePasswordDto } from './dto/change-password.dto.js';

/** Changes a customer's own password. This ends all sessions, codes and grants. */
@Injectable()
export class CustomerPasswordService {
  constructor(
    private readonly passwords: PasswordService,
    private readonly clock: Clock,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /** @throws ApiException 422 / 406, 429 / 4401, 400 / 408, 400 / 421, 400 / 422 */
  async change(
    { id, email: username }: Pick<LoggedInCustomer, 'id' | 'email'>,
    caller: ReachableCaller,
    { password, newPassword, confirmPassword }: ChangePasswordDto,
    request: JsonApiHttpRequest & ClientRequest,
  ): Promise<void> {
    if (newPassword !== confirmPassword) throw new ApiException(CUSTOMER_ERRORS.newPasswordsDiffer);
    const account = { kind: 'customer', id } as const;
    const credentials = await this.passwords.check({ account, username, password }, request);
    assertStrong(newPassword);
    const newHash = await hashPassword(newPassword);
    const change = { credentials, newHash, actor: actorOf(caller), now: this.clock.now() };
    const changed = await this.dataSource.transaction((manager) => this.passwords.change(change, manager));
    if (!changed) throw new ApiException(CUSTOMER_ERRORS.wrongPassword);
  }
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import {
  assertStrong,
  hashPassword,
  loginBlocked,
  LoginService,
  PasswordService,
  type Credentials,
  type ReachableCaller,
} from '#auth';
import { ApiException, type JsonApiHttpRequest } from '#json-api';
import { actorOf } from '#mfa';
import { Clock, type ClientRequest } from '#platform';
import type { LoggedInCustomer } from '../access/shopper.js';
import { CUSTOMER_ERRORS } from '../customers/customers.errors.js';
import type { ChangePasswordDto } from './dto/change-password.dto.js';

type Owner = Pick<LoggedInCustomer, 'id' | 'email'>;
type LoginRequest = JsonApiHttpRequest & ClientRequest;

/** Changes a customer's own password. This ends all sessions, codes and grants. */
@Injectable()
export class CustomerPasswordService {
  constructor(
    private readonly logins: LoginService,
    private readonly passwords: PasswordService,
    private readonly clock: Clock,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  async change(
    customer: Owner,
    caller: ReachableCaller,
    { password, newPassword, confirmPassword }: ChangePasswordDto,
    request: LoginRequest,
  ): Promise<void> {
    if (newPassword !== confirmPassword) throw new ApiException(CUSTOMER_ERRORS.newPasswordsDiffer);
    const credentials = await this.check(customer, password, request);
    assertStrong(newPassword);
    const newHash = await hashPassword(newPassword);
    const change = { credentials, newHash, actor: actorOf(caller), now: this.clock.now() };
    const changed = await this.dataSource.transaction((manager) => this.passwords.change(change, manager));
    if (!changed) throw new ApiException(CUSTOMER_ERRORS.wrongPassword);
  }

  /**
   * Checks the current password like that of a login: the same counter limits the guesses of somebody with a stolen
   * session.
   *
   * @throws ApiException 429 / 4401, 400 / 408
   */
  async check({ id, email }: Owner, password: string, request: LoginRequest): Promise<Credentials> {
    const subject = { kind: 'customer', username: email, client: request.client } as const;
    const result = await this.logins.authenticate(subject, password);
    if (result.outcome === 'blocked') throw loginBlocked(result.secondsLeft, request);
    // the address may belong to another customer by now
    if (result.outcome === 'refused' || result.credentials.id !== id) {
      throw new ApiException(CUSTOMER_ERRORS.wrongPassword);
    }
    return result.credentials;
  }
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { assertStrong, hashPassword, PASSWORD_ERRORS, PasswordService, type ReachableCaller } from '#auth';
import { ApiException, type JsonApiHttpRequest } from '#json-api';
import { actorOf } from '#mfa';
import { Clock, type ClientRequest } from '#platform';
import type { UpdateOwnUserDto } from './dto/update-own-user.dto.js';
import type { UserData } from './user.resource.js';
import { USER_ERRORS } from './users.errors.js';
import { UsersRepository } from './users.repository.js';

type LoginRequest = JsonApiHttpRequest & ClientRequest;

@Injectable()
export class OwnUserService {
  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: PasswordService,
    private readonly clock: Clock,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /** @throws ApiException 422 / 406, 429 / 4401, 400 / 408, 400 / 421, 400 / 422, 404 / 007 if the account was ended */
  async change(caller: ReachableCaller, changes: UpdateOwnUserDto, request: LoginRequest): Promise<UserData> {
    const { password, newPassword } = changes;
    const { id } = caller.account;
    const user =
      password === undefined || newPassword === undefined
        ? await this.users.changeOwn(id, changes, this.clock.now())
        : await this.changeWithPassword(caller, { ...changes, password, newPassword }, request);
    if (!user) throw new ApiException(USER_ERRORS.notFound);
    return user;
  }

  private async changeWithPassword(
    caller: ReachableCaller,
    changes: UpdateOwnUserDto & { readonly password: string; readonly newPassword: string },
    request: LoginRequest,
  ): Promise<UserData | undefined> {
    const { account, email: username } = caller;
    const { password, newPassword, confirmPassword } = changes;
    if (newPassword !== confirmPassword) throw new ApiException(PASSWORD_ERRORS.newPasswordsDiffer);
    const credentials = await this.passwords.check({ account, username, password }, request);
    assertStrong(newPassword);
    const newHash = await hashPassword(newPassword);
    const now = this.clock.now();
    const change = { credentials, newHash, actor: actorOf(caller), now };
    return this.dataSource.transaction(async (manager) => {
      const isChanged = await this.passwords.change(change, manager);
      if (!isChanged) throw new ApiException(PASSWORD_ERRORS.wrongPassword);
      return this.users.changeOwn(account.id, changes, now, manager);
    });
  }
}

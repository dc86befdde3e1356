import { Delete, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type ReachableCaller } from '#auth';
import { ApiException, Attributes, JsonApiController, type Collection } from '#json-api';
import type { Account } from '#mfa';
import { AccountDirectoryRepository } from '../accounts/account-directory.repository.js';
import { BACKEND_ERRORS } from '../backend-errors.js';
import { ListRoute, methodsDocument, RemoveAllRoute, RemoveOneRoute, TYPE } from './account-mfa.documents.js';
import { AccountMfaService } from './account-mfa.service.js';
import { RemovalAttributes } from './removal.attributes.js';

const { notFound, forbidden } = BACKEND_ERRORS;
const ROUTE = {
  whose: 'a user',
  ids: { uuid: '7c1e2a90-3f9b-5a4e-8d15-2b7f60c4d1aa' },
  notFound,
  /** For oneself. */
  errors: [forbidden],
};

/** Administrators remove second factors of other users (contract: MFA, section 4, rule 10). */
@ApiTags('removal of MFA')
@JsonApiController(TYPE, `users/:uuid/${TYPE}`)
export class UserMfaController {
  constructor(
    private readonly accounts: AccountDirectoryRepository,
    private readonly service: AccountMfaService,
  ) {}

  @Get()
  @ListRoute(ROUTE)
  async list(@Param('uuid') uuid: string): Promise<Collection> {
    return methodsDocument(await this.service.list(await this.user(uuid)));
  }

  @Delete()
  @RemoveAllRoute(ROUTE)
  async removeAll(
    @Param('uuid') uuid: string,
    @Attributes() { reason }: RemovalAttributes,
    @CurrentCaller() caller: ReachableCaller,
  ): Promise<void> {
    await this.service.removeAll(await this.user(uuid), caller, reason);
  }

  @Delete(':type')
  @RemoveOneRoute(ROUTE)
  async removeOne(
    @Param('uuid') uuid: string,
    @Param('type') type: string,
    @Attributes() { reason }: RemovalAttributes,
    @CurrentCaller() caller: ReachableCaller,
  ): Promise<void> {
    await this.service.removeOne(await this.user(uuid), type, caller, reason);
  }

  /** @throws ApiException 404 / 007 */
  private async user(uuid: string): Promise<Account> {
    const user = await this.accounts.find('user', uuid);
    if (!user) throw new ApiException(notFound);
    return { kind: user.kind, id: user.id };
  }
}

import { Delete, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type ReachableCaller } from '#auth';
import { Attributes, JsonApiController, type Collection } from '#json-api';
import { BACKEND_ERRORS } from '../backend-errors.js';
import { ListRoute, methodsDocument, RemoveAllRoute, RemoveOneRoute, TYPE } from './account-mfa.documents.js';
import { AccountMfaService } from './account-mfa.service.js';
import { RemoveMethodsDto } from './dto/remove-methods.dto.js';

const { missingUser: notFound, forbidden } = BACKEND_ERRORS;
const ROUTE = {
  whose: 'a user',
  ids: { uuid: '7c1e2a90-3f9b-5a4e-8d15-2b7f60c4d1aa' },
  notFound,
  /** for the caller's own account */
  errors: [forbidden],
};

/** Administrators remove second factors of other users (contract: MFA, section 4, rule 10). */
@ApiTags('removal of MFA')
@JsonApiController(TYPE, `users/:uuid/${TYPE}`)
export class UserMfaController {
  constructor(private readonly service: AccountMfaService) {}

  @Get()
  @ListRoute(ROUTE)
  async list(@Param('uuid') uuid: string): Promise<Collection> {
    return methodsDocument(await this.service.list({ kind: 'user', publicId: uuid }));
  }

  @Delete()
  @RemoveAllRoute(ROUTE)
  async removeAll(
    @Param('uuid') uuid: string,
    @Attributes() attributes: RemoveMethodsDto,
    @CurrentCaller() caller: ReachableCaller,
  ): Promise<void> {
    await this.service.removeAll({ kind: 'user', publicId: uuid }, caller, attributes);
  }

  @Delete(':type')
  @RemoveOneRoute(ROUTE)
  async removeOne(
    @Param('uuid') uuid: string,
    @Param('type') type: string,
    @Attributes() attributes: RemoveMethodsDto,
    @CurrentCaller() caller: ReachableCaller,
  ): Promise<void> {
    await this.service.removeOne({ kind: 'user', publicId: uuid }, type, caller, attributes);
  }
}

import { Delete, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type ReachableCaller } from '#auth';
import { Attributes, JsonApiController, type Collection } from '#json-api';
import { BACKEND_ERRORS } from '../backend-errors.js';
import { ListRoute, methodsDocument, RemoveAllRoute, RemoveOneRoute, TYPE } from './account-mfa.documents.js';
import { AccountMfaService } from './account-mfa.service.js';
import { RemoveMethodsDto } from './dto/remove-methods.dto.js';

const { missingCustomer: notFound } = BACKEND_ERRORS;
const ROUTE = { whose: 'a customer', ids: { reference: 'DE--21' }, notFound };

/** Administrators remove second factors of customers (contract: MFA, section 4, rule 10). */
@ApiTags('removal of MFA')
@JsonApiController(TYPE, `customers/:reference/${TYPE}`)
export class CustomerMfaController {
  constructor(private readonly service: AccountMfaService) {}

  @Get()
  @ListRoute(ROUTE)
  async list(@Param('reference') reference: string): Promise<Collection> {
    return methodsDocument(await this.service.list({ kind: 'customer', publicId: reference }));
  }

  @Delete()
  @RemoveAllRoute(ROUTE)
  async removeAll(
    @Param('reference') reference: string,
    @Attributes() attributes: RemoveMethodsDto,
    @CurrentCaller() caller: ReachableCaller,
  ): Promise<void> {
    await this.service.removeAll({ kind: 'customer', publicId: reference }, caller, attributes);
  }

  @Delete(':type')
  @RemoveOneRoute(ROUTE)
  async removeOne(
    @Param('reference') reference: string,
    @Param('type') type: string,
    @Attributes() attributes: RemoveMethodsDto,
    @CurrentCaller() caller: ReachableCaller,
  ): Promise<void> {
    await this.service.removeOne({ kind: 'customer', publicId: reference }, type, caller, attributes);
  }
}

import { Delete, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type ReachableCaller } from '#auth';
import { ApiException, Attributes, JsonApiController, type Collection } from '#json-api';
import type { Account } from '#mfa';
import { AccountDirectoryRepository } from '../accounts/account-directory.repository.js';
import { CUSTOMER_ERRORS } from '../customers/customers.errors.js';
import { ListRoute, methodsDocument, RemoveAllRoute, RemoveOneRoute, TYPE } from './account-mfa.documents.js';
import { AccountMfaService } from './account-mfa.service.js';
import { RemovalAttributes } from './removal.attributes.js';

const { notFound } = CUSTOMER_ERRORS;
const ROUTE = { whose: 'a customer', ids: { reference: 'DE--21' }, notFound };

/** Administrators remove second factors of customers (contract: MFA, section 4, rule 10). */
@ApiTags('removal of MFA')
@JsonApiController(TYPE, `customers/:reference/${TYPE}`)
export class CustomerMfaController {
  constructor(
    private readonly accounts: AccountDirectoryRepository,
    private readonly service: AccountMfaService,
  ) {}

  @Get()
  @ListRoute(ROUTE)
  async list(@Param('reference') reference: string): Promise<Collection> {
    return methodsDocument(await this.service.list(await this.customer(reference)));
  }

  @Delete()
  @RemoveAllRoute(ROUTE)
  async removeAll(
    @Param('reference') reference: string,
    @Attributes() { reason }: RemovalAttributes,
    @CurrentCaller() caller: ReachableCaller,
  ): Promise<void> {
    await this.service.removeAll(await this.customer(reference), caller, reason);
  }

  @Delete(':type')
  @RemoveOneRoute(ROUTE)
  async removeOne(
    @Param('reference') reference: string,
    @Param('type') type: string,
    @Attributes() { reason }: RemovalAttributes,
    @CurrentCaller() caller: ReachableCaller,
  ): Promise<void> {
    await this.service.removeOne(await this.customer(reference), type, caller, reason);
  }

  /** @throws ApiException 404 / 402, also for one who was anonymised */
  private async customer(reference: string): Promise<Account> {
    const customer = await this.accounts.find('customer', reference);
    if (!customer || customer.email === null) throw new ApiException(notFound);
    return { kind: customer.kind, id: customer.id };
  }
}

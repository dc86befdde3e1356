import { Get, Param, Query } from '@nestjs/common';
import { CurrentSession, type Page, type SessionContext } from '#pages';
import { mayCall } from '../../access/route.decorator.js';
import { AccountMfaService } from '../../account-mfa/account-mfa.service.js';
import { CustomerMfaController } from '../../account-mfa/customer-mfa.controller.js';
import { AuditEventsController } from '../../audit-events/audit-events.controller.js';
import { parseCustomerList } from '../../customers/customer-list.js';
import { CustomersController } from '../../customers/customers.controller.js';
import { CustomersService } from '../../customers/customers.service.js';
import { CustomerList, CustomerProfile } from './customers.view.js';
import { apiQuery, typedIn, type PageQuery } from './list-query.js';
import { BackOfficePages, ForCallersOf } from './page-access.js';

/** Back Office users search for customers; administrators see all their methods and remove them. */
@BackOfficePages('customers')
export class CustomersPagesController {
  constructor(
    private readonly customers: CustomersService,
    private readonly mfa: AccountMfaService,
  ) {}

  @Get()
  @ForCallersOf(CustomersController, 'list')
  async list(@CurrentSession() { texts }: SessionContext, @Query() query: PageQuery): Promise<Page> {
    const typed = typedIn(query, ['q']);
    const list = parseCustomerList({ ...apiQuery('customers', {}, query), q: typed['q'] });
    const { resources, counted } = await this.customers.list(list);
    const page = { ...list.page, ...counted };
    return {
      title: texts.backOffice.customers.title,
      body: <CustomerList texts={texts} customers={resources} page={page} typed={typed} />,
    };
  }

  @Get(':reference')
  @ForCallersOf(CustomersController, 'get')
  async profile(
    @Param('reference') reference: string,
    @CurrentSession() { texts, session: { principal } }: SessionContext,
    @Query() query: PageQuery,
  ): Promise<Page> {
    const customer = await this.customers.get(reference);
    const props = {
      customer: customer.attributes,
      mfa: mayCall(principal, CustomerMfaController, 'list')
        ? await this.mfa.list({ kind: 'customer', publicId: reference })
        : undefined,
      canSeeTrail: mayCall(principal, AuditEventsController, 'list'),
      isRemoved: 'removed' in query,
    };
    return { title: texts.backOffice.customers.one, body: <CustomerProfile texts={texts} {...props} /> };
  }
}

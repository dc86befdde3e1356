import { Body, Get, Post, Req } from '@nestjs/common';
import type { JsonApiHttpRequest } from '#json-api';
import {
  CurrentSession,
  PageCookie,
  PageForm,
  PagesController,
  type Page,
  type PageAnswer,
  type SessionContext,
} from '#pages';
import { actorOf } from '#mfa';
import { LimitedByClient, type ClientRequest } from '#platform';
import { CurrentCustomer, type LoggedInCustomer } from '../../access/shopper.js';
import { CustomersController } from '../../customers/customers.controller.js';
import { CustomersService } from '../../customers/customers.service.js';
import { CUSTOMER_AREA } from '../storefront-pages.js';
import { DeletionPage, type DeletionPageProps } from './deletion.view.js';
import { OwnerCheck } from './owner-check.service.js';

const DELETION = { route: [CustomersController, 'delete'] } as const;

/** The end of a customer's account. */
@PagesController(CUSTOMER_AREA, 'delete')
export class DeletionController {
  constructor(
    private readonly customers: CustomersService,
    private readonly owner: OwnerCheck,
    private readonly cookie: PageCookie,
  ) {}

  @Get()
  async show(@CurrentSession() context: SessionContext): Promise<Page> {
    return page(context, { asksForPassword: await this.owner.asksForPassword(context, DELETION) });
  }

  @Post()
  @LimitedByClient('sign-in')
  async delete(
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
    @CurrentCustomer() customer: LoggedInCustomer,
    @Req() request: JsonApiHttpRequest & ClientRequest,
  ): Promise<PageAnswer> {
    const isConfirmed = form.text('confirmed') === 'yes';
    if (!isConfirmed) {
      const problems = { confirmed: context.texts.account.deletion.unconfirmed };
      const asksForPassword = await this.owner.asksForPassword(context, DELETION);
      return { ...page(context, { problems, asksForPassword }), status: 422 };
    }
    const actor = actorOf(context.caller);
    const answer = await this.owner.carryOut(
      {
        ...{ form, context, customer, request },
        page: (problems, asksForPassword) => page(context, { problems, asksForPassword, isConfirmed }),
      },
      { ...DELETION, write: (checked) => this.customers.delete(customer, { actor, checked }) },
    );
    if (answer) return answer;
    this.cookie.clear(context);
    return { location: `${context.area.base}/sign-in?deleted` };
  }
}

function page({ texts }: SessionContext, shown: Omit<DeletionPageProps, 'texts'>): Page {
  return { title: texts.account.deletion.title, body: <DeletionPage texts={texts} {...shown} /> };
}

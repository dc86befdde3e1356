import { Body, Get, Post } from '@nestjs/common';
import {
  CurrentSession,
  PageCookie,
  PageForm,
  PagesController,
  StepUpForms,
  type Page,
  type PageAnswer,
  type Problems,
  type SessionContext,
} from '#pages';
import { actorOf } from '#mfa';
import { CurrentCustomer, type LoggedInCustomer } from '../../access/shopper.js';
import { CustomersController } from '../../customers/customers.controller.js';
import { CustomersService } from '../../customers/customers.service.js';
import { CUSTOMER_AREA } from '../storefront-pages.js';
import { DeletionPage } from './deletion.view.js';

const DELETION = { route: [CustomersController, 'delete'] } as const;

/** The end of a customer's account. */
@PagesController(CUSTOMER_AREA, 'delete')
export class DeletionController {
  constructor(
    private readonly customers: CustomersService,
    private readonly stepUp: StepUpForms,
    private readonly cookie: PageCookie,
  ) {}

  @Get()
  show(@CurrentSession() context: SessionContext): Page {
    return page(context);
  }

  @Post()
  async delete(
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
    @CurrentCustomer() customer: LoggedInCustomer,
  ): Promise<PageAnswer> {
    const { unconfirmed } = context.texts.account.deletion;
    if (form.text('confirmed') !== 'yes') return { ...page(context, { confirmed: unconfirmed }), status: 422 };
    const question = await this.stepUp.require(context, form, DELETION);
    if (question) return question;
    await this.customers.delete(customer, actorOf(context.caller));
    this.cookie.clear(context);
    return { location: `${context.area.base}/sign-in?deleted` };
  }
}

function page({ texts }: SessionContext, problems: Problems = {}): Page {
  return { title: texts.account.deletion.title, body: <DeletionPage texts={texts} problems={problems} /> };
}

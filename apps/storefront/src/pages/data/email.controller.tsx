import { Body, Get, Post, Query } from '@nestjs/common';
import {
  CurrentSession,
  explain,
  FormReader,
  PageForm,
  PagesController,
  StepUpForms,
  type KnownRefusal,
  type Page,
  type PageAnswer,
  type SessionContext,
} from '#pages';
import { actorOf } from '#mfa';
import { CurrentCustomer, type LoggedInCustomer } from '../../access/shopper.js';
import { CustomersController } from '../../customers/customers.controller.js';
import { CUSTOMER_ERRORS } from '../../customers/customers.errors.js';
import { CustomersService } from '../../customers/customers.service.js';
import { UpdateCustomerDto } from '../../customers/dto/update-customer.dto.js';
import { CUSTOMER_AREA } from '../storefront-pages.js';
import { EmailPage, type EmailPageProps } from './email.view.js';

/** Codes are sent to the address: whoever moves it shows a new one. */
const MOVE = { route: [CustomersController, 'change'], isFresh: true } as const;

/** A customer's e-mail address. */
@PagesController(CUSTOMER_AREA, 'email')
export class EmailController {
  constructor(
    private readonly customers: CustomersService,
    private readonly forms: FormReader,
    private readonly stepUp: StepUpForms,
  ) {}

  @Get()
  async show(
    @CurrentSession() context: SessionContext,
    @CurrentCustomer() customer: LoggedInCustomer,
    @Query() query: object,
  ): Promise<Page> {
    return page(context, customer, { isSaved: 'saved' in query });
  }

  /** An agent who could move the address could take over the account. */
  @Post()
  async change(
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
    @CurrentCustomer() customer: LoggedInCustomer,
  ): Promise<PageAnswer> {
    if (customer.isImpersonated) return { ...page(context, customer, {}), status: CUSTOMER_ERRORS.unauthorized.status };
    const typed = form.text('email').trim();
    const { attributes, problems } = await this.forms.read(UpdateCustomerDto, { email: typed }, context.texts);
    if (Object.keys(problems).length > 0) return { ...page(context, customer, { typed, problems }), status: 422 };
    const question = await this.stepUp.require(context, form, MOVE);
    if (question) return question;
    try {
      await this.customers.change(customer, attributes, actorOf(context.caller));
    } catch (error) {
      const { problems: refused, ...head } = explain(error, refusals(context));
      return { ...page(context, customer, { typed, problems: refused }), ...head };
    }
    return { location: `${context.path}?saved` };
  }
}

function page(
  { texts }: SessionContext,
  { email, isImpersonated }: LoggedInCustomer,
  shown: Pick<EmailPageProps, 'typed' | 'problems' | 'isSaved'>,
): Page {
  const props = { texts, email, isOwn: !isImpersonated, ...shown };
  return { title: texts.account.email.title, body: <EmailPage {...props} /> };
}

function refusals({ texts }: SessionContext): readonly KnownRefusal[] {
  const { taken, tooOften } = texts.account.email;
  return [
    [CUSTOMER_ERRORS.emailTaken, 'email', taken],
    [CUSTOMER_ERRORS.emailChangedTooOften, '', tooOften],
  ];
}

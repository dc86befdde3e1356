import { Body, Get, Post, Query, Req } from '@nestjs/common';
import type { JsonApiHttpRequest } from '#json-api';
import {
  CurrentSession,
  FormReader,
  PageForm,
  PagesController,
  type KnownRefusal,
  type Page,
  type PageAnswer,
  type Problems,
  type SessionContext,
} from '#pages';
import { actorOf } from '#mfa';
import { LimitedByClient, type ClientRequest } from '#platform';
import { CurrentCustomer, type LoggedInCustomer } from '../../access/shopper.js';
import { CustomersController } from '../../customers/customers.controller.js';
import { CUSTOMER_ERRORS } from '../../customers/customers.errors.js';
import { CustomersService } from '../../customers/customers.service.js';
import { UpdateCustomerDto } from '../../customers/dto/update-customer.dto.js';
import { CUSTOMER_AREA } from '../storefront-pages.js';
import { EmailPage, type EmailPageProps } from './email.view.js';
import { OwnerCheck } from './owner-check.service.js';

/** Codes are sent to the address: whoever moves it shows a new one. */
const MOVE = { route: [CustomersController, 'change'], isFresh: true } as const;

/** A customer's e-mail address. */
@PagesController(CUSTOMER_AREA, 'email')
export class EmailController {
  constructor(
    private readonly customers: CustomersService,
    private readonly forms: FormReader,
    private readonly owner: OwnerCheck,
  ) {}

  @Get()
  async show(
    @CurrentSession() context: SessionContext,
    @CurrentCustomer() customer: LoggedInCustomer,
    @Query() query: object,
  ): Promise<Page> {
    const asksForPassword = await this.owner.asksForPassword(context, MOVE);
    return page(context, customer, { asksForPassword, isSaved: 'saved' in query });
  }

  /** An agent who could move the address could take over the account. */
  @Post()
  @LimitedByClient('sign-in')
  async change(
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
    @CurrentCustomer() customer: LoggedInCustomer,
    @Req() request: JsonApiHttpRequest & ClientRequest,
  ): Promise<PageAnswer> {
    if (customer.isImpersonated) return { ...page(context, customer, {}), status: CUSTOMER_ERRORS.unauthorized.status };
    const typed = form.text('email').trim();
    const { attributes, problems } = await this.forms.read(UpdateCustomerDto, { email: typed }, context.texts);
    const shown = (found: Problems, asksForPassword: boolean): Page =>
      page(context, customer, { typed, problems: found, asksForPassword });
    if (Object.keys(problems).length > 0) {
      return { ...shown(problems, await this.owner.asksForPassword(context, MOVE)), status: 422 };
    }
    const actor = actorOf(context.caller);
    const answer = await this.owner.carryOut(
      { form, context, customer, request, page: shown },
      {
        ...{ ...MOVE, refusals: refusals(context) },
        write: (checked) => this.customers.change(customer, attributes, { actor, checked }),
      },
    );
    return answer ?? { location: `${context.path}?saved` };
  }
}

function page(
  { texts }: SessionContext,
  { email, isImpersonated }: LoggedInCustomer,
  shown: Pick<EmailPageProps, 'typed' | 'problems' | 'isSaved' | 'asksForPassword'>,
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

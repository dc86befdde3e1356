import { Body, Get, Post, Query } from '@nestjs/common';
import {
  CurrentSession,
  FormReader,
  PageForm,
  PagesController,
  StepUpForms,
  type Page,
  type PageAnswer,
  type SessionContext,
} from '#pages';
import { actorOf } from '#mfa';
import { CurrentCustomer, type LoggedInCustomer } from '../../access/shopper.js';
import type { CustomerData } from '../../customers/customer.resource.js';
import { CustomersController } from '../../customers/customers.controller.js';
import { CustomersService } from '../../customers/customers.service.js';
import { UpdateCustomerDto } from '../../customers/dto/update-customer.dto.js';
import { CUSTOMER_AREA } from '../storefront-pages.js';
import { ProfilePage, type ProfilePageProps } from './profile.view.js';

const CHANGE = { route: [CustomersController, 'change'] } as const;
const REQUIRED = ['salutation', 'firstName', 'lastName'] as const;
const OPTIONAL = ['gender', 'dateOfBirth'] as const;

/** A customer's own data, but for the e-mail address. */
@PagesController(CUSTOMER_AREA, 'profile')
export class ProfileController {
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
    const data = await this.customers.get(customer);
    return page(context, { data, values: valuesOf(data), isSaved: 'saved' in query });
  }

  @Post()
  async change(
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
    @CurrentCustomer() customer: LoggedInCustomer,
  ): Promise<PageAnswer> {
    const data = await this.customers.get(customer);
    const values = form.plain(...REQUIRED, ...OPTIONAL);
    const { attributes, problems } = await this.forms.read(UpdateCustomerDto, changesOf(form, data), context.texts);
    if (Object.keys(problems).length > 0) return { ...page(context, { data, values, problems }), status: 422 };
    const question = await this.stepUp.require(context, form, CHANGE);
    if (question) return question;
    await this.customers.change(customer, attributes, { actor: actorOf(context.caller) });
    return { location: `${context.path}?saved` };
  }
}

/** What was never known may stay empty; what is known cannot be taken back, as in the API. */
function changesOf(form: PageForm, data: CustomerData): object {
  const given = OPTIONAL.filter((name) => form.text(name) !== '' || data[name] !== null);
  return form.plain(...REQUIRED, ...given);
}

function valuesOf({ salutation, firstName, lastName, gender, dateOfBirth }: CustomerData): ProfilePageProps['values'] {
  return { salutation, firstName, lastName, gender: gender ?? '', dateOfBirth: dateOfBirth ?? '' };
}

function page({ texts }: SessionContext, shown: Omit<ProfilePageProps, 'texts'>): Page {
  return { title: texts.account.profile.title, body: <ProfilePage texts={texts} {...shown} /> };
}

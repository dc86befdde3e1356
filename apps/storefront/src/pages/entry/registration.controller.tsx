import { Body, Get, Post, Query, Req } from '@nestjs/common';
import type { JsonApiHttpRequest } from '#json-api';
import {
  CurrentPageContext,
  explain,
  FormReader,
  ForPageAccess,
  MailSent,
  newPasswordRefusals,
  PageForm,
  PagesController,
  type Page,
  type PageAnswer,
  type PageContext,
  type Problems,
} from '#pages';
import { LimitedByClient } from '#platform';
import { CUSTOMER_ERRORS } from '../../customers/customers.errors.js';
import { CreateCustomerDto } from '../../customers/dto/create-customer.dto.js';
import { RegistrationService } from '../../customers/registration.service.js';
import { CUSTOMER_AREA } from '../storefront-pages.js';
import { RegistrationForm } from './registration.view.js';

const FIELDS = ['salutation', 'firstName', 'lastName', 'gender', 'dateOfBirth', 'email'] as const;

/** Makes an account. Nobody learns here whether there is one with an address: the mail tells it to its owner alone. */
@PagesController(CUSTOMER_AREA, 'register')
export class RegistrationController {
  constructor(
    private readonly registration: RegistrationService,
    private readonly forms: FormReader,
  ) {}

  @Get()
  @ForPageAccess('everybody')
  show(@CurrentPageContext() context: PageContext, @Query() query: object): PageAnswer {
    if (context.session) return { location: context.area.base };
    if (!('sent' in query)) return this.page(context);
    const { sentTitle, sent, sentHint } = context.texts.account.registration;
    return {
      title: sentTitle,
      body: <MailSent texts={context.texts} title={sentTitle} lines={[sent, sentHint]} base={context.area.base} />,
    };
  }

  @Post()
  @ForPageAccess('everybody')
  @LimitedByClient('registration')
  async register(
    @Body() form: PageForm,
    @CurrentPageContext() context: PageContext,
    @Req() request: JsonApiHttpRequest,
  ): Promise<PageAnswer> {
    const plain = {
      ...form.plain(...FIELDS, 'password', 'confirmPassword'),
      email: form.text('email').trim(),
      acceptedTerms: form.text('acceptedTerms') === 'yes',
    };
    const { attributes, problems } = await this.forms.read(CreateCustomerDto, plain, context.texts);
    if (Object.keys(problems).length > 0) return { ...this.page(context, form, problems), status: 422 };
    try {
      await this.registration.register(attributes, request);
    } catch (error) {
      const known = [[CUSTOMER_ERRORS.emailTaken, 'email', ''], ...newPasswordRefusals(context.texts)] as const;
      const { problems: refused, ...head } = explain(error, known);
      // the same answer as for a new address
      if (!('email' in refused)) return { ...this.page(context, form, refused), ...head };
    }
    return { location: `${context.path}?sent` };
  }

  private page({ texts }: PageContext, form = new PageForm(), problems: Problems = {}): Page {
    const values = form.plain(...FIELDS, 'acceptedTerms');
    const body = <RegistrationForm {...{ texts, values, problems, minLength: this.forms.passwordMinLength }} />;
    return { title: texts.account.registration.title, body };
  }
}

import { Body, Get, Post, Req } from '@nestjs/common';
import { assertNewPassword } from '#auth';
import type { JsonApiHttpRequest } from '#json-api';
import {
  CurrentSession,
  explain,
  FormReader,
  newPasswordRefusals,
  PageCookie,
  PageForm,
  PagesController,
  StepUpForms,
  type Page,
  type PageAnswer,
  type Problems,
  type SessionContext,
} from '#pages';
import { LimitedByClient, type ClientRequest } from '#platform';
import { CurrentCustomer, type LoggedInCustomer } from '../access/shopper.js';
import { CustomerPasswordController } from '../customer-password/customer-password.controller.js';
import { CustomerPasswordService } from '../customer-password/customer-password.service.js';
import { ChangePasswordDto } from '../customer-password/dto/change-password.dto.js';
import { currentPasswordRefusals } from './current-password.view.js';
import { PasswordForm } from './password.view.js';
import { CUSTOMER_AREA } from './storefront-pages.js';

const PASSWORD_CHANGE = { route: [CustomerPasswordController, 'change'] } as const;

/** A customer's password. */
@PagesController(CUSTOMER_AREA, 'password')
export class PasswordController {
  constructor(
    private readonly passwords: CustomerPasswordService,
    private readonly forms: FormReader,
    private readonly stepUp: StepUpForms,
    private readonly cookie: PageCookie,
  ) {}

  @Get()
  show(@CurrentSession() context: SessionContext): Page {
    return this.page(context);
  }

  @Post()
  @LimitedByClient('sign-in')
  async change(
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
    @CurrentCustomer() customer: LoggedInCustomer,
    @Req() request: JsonApiHttpRequest & ClientRequest,
  ): Promise<PageAnswer> {
    const plain = form.plain('password', 'newPassword', 'confirmPassword');
    const { attributes, problems } = await this.forms.read(ChangePasswordDto, plain, context.texts);
    if (Object.keys(problems).length > 0) return { ...this.page(context, problems), status: 422 };
    try {
      assertNewPassword(attributes);
      const question = await this.stepUp.require(context, form, PASSWORD_CHANGE);
      if (question) return question;
      await this.passwords.change(customer, context.caller, attributes, request);
    } catch (error) {
      const known = [...currentPasswordRefusals(context.texts), ...newPasswordRefusals(context.texts, 'newPassword')];
      const { problems: refused, ...head } = explain(error, known);
      return { ...this.page(context, refused), ...head };
    }
    this.cookie.clear(context);
    return { location: `${context.area.base}/sign-in?password` };
  }

  private page({ texts }: SessionContext, problems: Problems = {}): Page {
    const props = { texts, problems, minLength: this.forms.passwordMinLength };
    return { title: texts.account.password.title, body: <PasswordForm {...props} /> };
  }
}

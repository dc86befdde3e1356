import { Body, Get, Injectable, Post, Query, Req } from '@nestjs/common';
import { assertNewPassword, PASSWORD_ERRORS, tooManyAttempts } from '#auth';
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
  type KnownRefusal,
  type Page,
  type PageAnswer,
  type Problems,
  type SessionContext,
} from '#pages';
import { LimitedByClient, type ClientRequest } from '#platform';
import { UpdateOwnUserDto } from '../../users/dto/update-own-user.dto.js';
import { OwnUserController } from '../../users/own-user.controller.js';
import { OwnUserService } from '../../users/own-user.service.js';
import { UsersService } from '../../users/users.service.js';
import type { PageQuery } from '../back-office/list-query.js';
import { BackOfficePages, ForCallersOf } from '../back-office/page-access.js';
import { changesIn } from '../back-office/user-form.js';
import { MERCHANT_AREA } from '../backend-pages.js';
import { USER_ERRORS } from '../../users/users.errors.js';
import { OwnPassword, OwnProfile, type OwnFields } from './own-profile.view.js';

const CHANGE = { route: [OwnUserController, 'change'] } as const;
type Request = JsonApiHttpRequest & ClientRequest;

/** Users and their own account: names, language and password. */
@Injectable()
abstract class OwnProfileController {
  constructor(
    private readonly users: UsersService,
    private readonly ownUser: OwnUserService,
    private readonly forms: FormReader,
    private readonly stepUp: StepUpForms,
    private readonly cookie: PageCookie,
  ) {}

  @Get()
  @ForCallersOf(OwnUserController, 'get')
  show(@CurrentSession() context: SessionContext, @Query() query: PageQuery): Promise<Page> {
    return this.profilePage(context, { isSaved: 'saved' in query });
  }

  @Post()
  @ForCallersOf(OwnUserController, 'change')
  async change(
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
    @Req() request: Request,
  ): Promise<PageAnswer> {
    const fields = fieldsOf(form);
    const { attributes, problems } = await this.forms.read(UpdateOwnUserDto, changesIn(form, fields), context.texts);
    if (Object.keys(problems).length > 0)
      return { ...(await this.profilePage(context, { form, problems })), status: 422 };
    const question = await this.stepUp.require(context, form, CHANGE);
    if (question) return question;
    try {
      await this.ownUser.change(context.caller, attributes, request);
    } catch (error) {
      const refused = explain(error, refusals(context));
      return { ...(await this.profilePage(context, { form, problems: refused.problems })), status: refused.status };
    }
    return { location: `${context.path}?saved` };
  }

  @Get('password')
  @ForCallersOf(OwnUserController, 'get')
  password(@CurrentSession() { texts, path }: SessionContext, problems: Problems = {}): Page {
    const props = { texts, problems, path, minLength: this.forms.passwordMinLength };
    return { title: texts.account.password.title, body: <OwnPassword {...props} /> };
  }

  @Post('password')
  @LimitedByClient('sign-in')
  @ForCallersOf(OwnUserController, 'change')
  async changePassword(
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
    @Req() request: Request,
  ): Promise<PageAnswer> {
    const plain = form.plain('password', 'newPassword', 'confirmPassword');
    const { attributes, problems } = await this.forms.read(UpdateOwnUserDto, plain, context.texts);
    if (Object.keys(problems).length > 0) return { ...this.password(context, problems), status: 422 };
    try {
      assertNewPassword(attributes);
      const question = await this.stepUp.require(context, form, CHANGE);
      if (question) return question;
      await this.ownUser.change(context.caller, attributes, request);
    } catch (error) {
      const { problems: refused, ...head } = explain(error, refusals(context));
      return { ...this.password(context, refused), ...head };
    }
    this.cookie.clear(context);
    return { location: `${context.area.base}/sign-in?password` };
  }

  private async profilePage(
    { texts, session, path }: SessionContext,
    shown: { readonly form?: PageForm; readonly problems?: Problems; readonly isSaved?: boolean },
  ): Promise<Page> {
    const { form, problems = {}, isSaved = false } = shown;
    const user = await this.users.get(session.principal.session?.userUuid ?? '');
    const { firstName, lastName, locale } = user;
    const stored = { firstName, lastName, locale };
    const props = {
      ...{ texts, user, path, problems, isSaved },
      fields: form ? fieldsOf(form) : stored,
      was: form ? form.text('was') : JSON.stringify(stored),
    };
    return { title: texts.backOffice.profile.title, body: <OwnProfile {...props} /> };
  }
}

function fieldsOf(form: PageForm): OwnFields {
  const [firstName, lastName] = [form.text('firstName').trim(), form.text('lastName').trim()];
  return { firstName, lastName, locale: form.text('locale') };
}

function refusals({ texts }: SessionContext): readonly KnownRefusal[] {
  const { wrong, blocked } = texts.account.password;
  return [
    [USER_ERRORS.notFound, '', texts.backOffice.profile.gone],
    [PASSWORD_ERRORS.wrongPassword, 'password', wrong],
    [tooManyAttempts(0, 'en_US'), '', blocked],
    ...newPasswordRefusals(texts, 'newPassword'),
  ];
}

@BackOfficePages('profile')
export class BackOfficeProfileController extends OwnProfileController {}

/** The API has no route of the own account for merchants; the rules are the same. */
@PagesController(MERCHANT_AREA, 'profile')
export class MerchantProfileController extends OwnProfileController {}

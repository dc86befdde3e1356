import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { assertStrong, PASSWORD_ERRORS } from '#auth';
import {
  CurrentSession,
  explain,
  FormReader,
  PageForm,
  StepUpForms,
  type KnownRefusal,
  type Page,
  type PageAnswer,
  type Problems,
  type SessionContext,
} from '#pages';
import { AccountMfaService } from '../../account-mfa/account-mfa.service.js';
import { CreateUserDto } from '../../users/dto/create-user.dto.js';
import { UpdateUserDto } from '../../users/dto/update-user.dto.js';
import { parseUserList } from '../../users/user-list.js';
import { USER_ERRORS } from '../../users/users.errors.js';
import { UsersController } from '../../users/users.controller.js';
import { UsersService } from '../../users/users.service.js';
import { apiQuery, typedIn, type PageQuery } from './list-query.js';
import { BackOfficePages, ForCallersOf } from './page-access.js';
import { changesIn, fieldsOfForm, fieldsOfUser, filledIn, NEW_USER, type UserFields } from './user-form.js';
import { UserDeactivation, UserForm, UserProfile } from './user.view.js';
import { UserList } from './users.view.js';

const FILTERS = ['name', 'username', 'role', 'status'];
const PATH = '/back-office/users';

/** They decide who can sign in, where codes go, and what the user may do. */
const DECISIVE = ['username', 'password', 'roles', 'status', 'isWarehouseUser'] as const;

/** Administrators manage users. */
@BackOfficePages('users')
export class UsersPagesController {
  constructor(
    private readonly users: UsersService,
    private readonly mfa: AccountMfaService,
    private readonly forms: FormReader,
    private readonly stepUp: StepUpForms,
  ) {}

  @Get()
  @ForCallersOf(UsersController, 'list')
  async list(@CurrentSession() { texts }: SessionContext, @Query() query: PageQuery): Promise<Page> {
    const typed = typedIn(query, FILTERS);
    const list = parseUserList({ ...apiQuery('users', typed, query), sort: 'lastName,firstName' });
    const { users, total } = await this.users.list(list);
    const props = { texts, users, typed, page: { ...list.page, total } };
    return { title: texts.backOffice.users.title, body: <UserList {...props} /> };
  }

  @Get('new')
  @ForCallersOf(UsersController, 'create')
  blank(@CurrentSession() context: SessionContext): Page {
    return this.newPage(context, NEW_USER);
  }

  @Post('new')
  @ForCallersOf(UsersController, 'create')
  async create(@Body() form: PageForm, @CurrentSession() context: SessionContext): Promise<PageAnswer> {
    const fields = fieldsOfForm(form);
    const plain = { ...fields, password: form.text('password') };
    const { attributes, problems } = await this.forms.read(CreateUserDto, plain, context.texts);
    if (Object.keys(problems).length > 0) return { ...this.newPage(context, fields, problems), status: 422 };
    try {
      assertStrong(attributes.password);
      const action = { route: [UsersController, 'create'], isFresh: true } as const;
      const question = await this.stepUp.require(context, form, action);
      if (question) return question;
      const { uuid } = await this.users.create(attributes, context.caller);
      return { location: `${PATH}/${uuid}?created` };
    } catch (error) {
      const { problems: refused, ...head } = explain(error, refusals(context));
      return { ...this.newPage(context, fields, refused), ...head };
    }
  }

  @Get(':id')
  @ForCallersOf(UsersController, 'get')
  profile(
    @Param('id') uuid: string,
    @CurrentSession() context: SessionContext,
    @Query() query: PageQuery,
  ): Promise<Page> {
    const event = ['created', 'saved', 'removed', 'deactivated'].find((name) => name in query);
    return this.userPage(uuid, context, { event });
  }

  @Post(':id')
  @ForCallersOf(UsersController, 'change')
  async change(
    @Param('id') uuid: string,
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
  ): Promise<PageAnswer> {
    const plain = { ...changesIn(form, fieldsOfForm(form)), ...filledIn(form, 'password', 'reason') };
    const { attributes, problems } = await this.forms.read(UpdateUserDto, plain, context.texts);
    if (Object.keys(problems).length > 0)
      return { ...(await this.userPage(uuid, context, { form, problems })), status: 422 };
    const isFresh = DECISIVE.some((name) => attributes[name] !== undefined);
    try {
      await this.users.check(uuid, attributes, context.caller);
      const question = await this.stepUp.require(context, form, { route: [UsersController, 'change'], isFresh });
      if (question) return question;
      await this.users.change(uuid, attributes, context.caller);
    } catch (error) {
      const { problems: refused, ...head } = explain(error, refusals(context));
      return { ...(await this.userPage(uuid, context, { form, problems: refused })), ...head };
    }
    return { location: `${PATH}/${encodeURIComponent(uuid)}?saved` };
  }

  @Get(':id/deactivate')
  @ForCallersOf(UsersController, 'deactivate')
  async askDeactivation(
    @Param('id') uuid: string,
    @CurrentSession() { texts, path }: SessionContext,
    problems: Problems = {},
  ): Promise<Page> {
    const user = await this.users.get(uuid);
    const body = <UserDeactivation texts={texts} user={user} action={path} problems={problems} />;
    return { title: texts.backOffice.users.deactivate, body };
  }

  @Post(':id/deactivate')
  @ForCallersOf(UsersController, 'deactivate')
  async deactivate(
    @Param('id') uuid: string,
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
  ): Promise<PageAnswer> {
    try {
      await this.users.check(uuid, { status: 'inactive' }, context.caller);
      const action = { route: [UsersController, 'deactivate'], isFresh: true } as const;
      const question = await this.stepUp.require(context, form, action);
      if (question) return question;
      await this.users.deactivate(uuid, context.caller);
    } catch (error) {
      const { problems, ...head } = explain(error, refusals(context));
      return { ...(await this.askDeactivation(uuid, context, problems)), ...head };
    }
    return { location: `${PATH}/${encodeURIComponent(uuid)}?deactivated` };
  }

  private newPage({ texts }: SessionContext, fields: UserFields, problems: Problems = {}): Page {
    const props = { texts, fields, problems, minLength: this.forms.passwordMinLength };
    return { title: texts.backOffice.users.create, body: <UserForm {...props} action={`${PATH}/new`} /> };
  }

  private async userPage(
    uuid: string,
    { texts, caller }: SessionContext,
    shown: { readonly form?: PageForm; readonly problems?: Problems; readonly event?: string | undefined },
  ): Promise<Page> {
    const user = await this.users.get(uuid);
    const stored = fieldsOfUser(user);
    const { form, problems = {}, event } = shown;
    const props = {
      ...{ texts, user, problems, event, minLength: this.forms.passwordMinLength },
      mfa: await this.mfa.list({ kind: 'user', publicId: uuid }),
      fields: form ? fieldsOfForm(form) : stored,
      was: form ? form.text('was') : JSON.stringify(stored),
      reason: form?.text('reason') ?? '',
      isOneself: user.id === caller.account.id,
    };
    return { title: `${user.firstName} ${user.lastName}`, body: <UserProfile {...props} /> };
  }
}

function refusals({ texts }: SessionContext): readonly KnownRefusal[] {
  const { account, backOffice } = texts;
  return [
    [USER_ERRORS.usernameTaken, 'username', backOffice.users.taken],
    [USER_ERRORS.reasonMissing, 'reason', backOffice.users.reasonMissing],
    [USER_ERRORS.oneself, '', backOffice.users.oneself],
    [PASSWORD_ERRORS.sameCharacterSequence, 'password', account.password.repetitive],
    [PASSWORD_ERRORS.commonPassword, 'password', account.password.common],
  ];
}

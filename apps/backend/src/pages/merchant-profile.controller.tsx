import { Body, Get, Post, Query, Req } from '@nestjs/common';
import type { JsonApiHttpRequest } from '#json-api';
import {
  CurrentSession,
  explain,
  FormReader,
  PageForm,
  PagesController,
  StepUpForms,
  type Page,
  type PageAnswer,
  type SessionContext,
} from '#pages';
import type { ClientRequest } from '#platform';
import { UpdateOwnUserDto } from '../users/dto/update-own-user.dto.js';
import { OwnUserController } from '../users/own-user.controller.js';
import { OwnUserService } from '../users/own-user.service.js';
import { USER_ERRORS } from '../users/users.errors.js';
import { UsersService } from '../users/users.service.js';
import { MERCHANT_AREA } from './backend-pages.js';
import { ProfileForm, type ProfileShown } from './merchant-profile.view.js';

const CHANGE = { route: [OwnUserController, 'change'] } as const;

/** The names and the language of a merchant's user. The API has no route of them for merchants; the rule is the same. */
@PagesController(MERCHANT_AREA, 'profile')
export class MerchantProfileController {
  constructor(
    private readonly users: UsersService,
    private readonly ownUser: OwnUserService,
    private readonly forms: FormReader,
    private readonly stepUp: StepUpForms,
  ) {}

  @Get()
  async show(@CurrentSession() context: SessionContext, @Query() query: object): Promise<Page> {
    const profile = await this.users.get(context.session.principal.session?.userUuid ?? '');
    return page(context, { profile, problems: {}, isSaved: 'saved' in query });
  }

  @Post()
  async change(
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
    @Req() request: JsonApiHttpRequest & ClientRequest,
  ): Promise<PageAnswer> {
    const plain = form.plain('firstName', 'lastName', 'locale');
    const { attributes, problems } = await this.forms.read(UpdateOwnUserDto, plain, context.texts);
    if (Object.keys(problems).length > 0) return { ...page(context, { profile: plain, problems }), status: 422 };
    const question = await this.stepUp.require(context, form, CHANGE);
    if (question) return question;
    try {
      await this.ownUser.change(context.caller, attributes, request);
    } catch (error) {
      const refused = explain(error, [[USER_ERRORS.notFound, '', context.texts.merchant.profile.gone]]);
      return { ...page(context, { profile: plain, problems: refused.problems }), status: refused.status };
    }
    return { location: `${context.path}?saved` };
  }
}

function page({ texts, caller, path }: SessionContext, shown: ProfileShown): Page {
  const body = <ProfileForm texts={texts} path={path} email={caller.email} {...shown} />;
  return { title: texts.merchant.profile.title, body };
}

import { Get, Inject, Patch, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentCaller,
  CurrentPrincipal,
  PASSWORD_ERRORS,
  tooManyAttempts,
  WEAKNESS_ERRORS,
  type Principal,
  type ReachableCaller,
} from '#auth';
import { JsonApiController, RawAttributes, Resource, validateAttributes, type JsonApiHttpRequest } from '#json-api';
import { SETTINGS, type Settings, type ClientRequest } from '#platform';
import { Route } from '../access/route.decorator.js';
import { ownChanges } from './own-changes.attributes.js';
import { OwnUserService } from './own-user.service.js';
import { userResource } from './user.resource.js';
import { USER_EXAMPLE } from './users-example.js';
import { USER_ERRORS } from './users.errors.js';
import { UsersService } from './users.service.js';

const { newPasswordsDiffer, wrongPassword } = PASSWORD_ERRORS;
const EXAMPLE = {
  locale: 'de_DE',
  password: 'Gate-Demo-01!',
  newPassword: 'Gate-Demo-02!',
  confirmPassword: 'Gate-Demo-02!',
};

/** Back Office users look after their own account. */
@ApiTags('users')
@JsonApiController('users', 'users/mine')
export class OwnUserController {
  private readonly changesClass: ReturnType<typeof ownChanges>;

  constructor(
    private readonly users: UsersService,
    private readonly service: OwnUserService,
    @Inject(SETTINGS) { passwordMinLength }: Settings,
  ) {
    this.changesClass = ownChanges(passwordMinLength);
  }

  @Get()
  @Route({
    access: 'back-office',
    summary: 'The caller',
    answer: { status: 200, description: 'The caller', data: USER_EXAMPLE },
    errors: [USER_ERRORS.notFound],
  })
  async get(@CurrentPrincipal() { session }: Principal): Promise<Resource> {
    return new Resource(userResource(await this.users.get(session?.userUuid ?? '')));
  }

  @Patch()
  @Route({
    access: 'back-office',
    mfa: 'by-policy',
    summary: "Changes the caller's names, language or password; a new password ends all sessions",
    request: { type: 'users', attributes: EXAMPLE },
    answer: { status: 200, description: 'The caller as it is now', data: USER_EXAMPLE },
    errors: [
      newPasswordsDiffer,
      tooManyAttempts(300, 'en_US'),
      wrongPassword,
      ...Object.values(WEAKNESS_ERRORS),
      USER_ERRORS.notFound,
    ],
  })
  async change(
    @RawAttributes() attributes: object,
    @CurrentCaller() caller: ReachableCaller,
    @Req() request: JsonApiHttpRequest & ClientRequest,
  ): Promise<Resource> {
    const valid = await validateAttributes(this.changesClass, attributes);
    return new Resource(userResource(await this.service.change(caller, valid, request)));
  }
}

import { Get, Patch, Req } from '@nestjs/common';
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
import { Attributes, JsonApiController, Resource, type JsonApiHttpRequest } from '#json-api';
import type { ClientAllowance, ClientRequest } from '#platform';
import { Route } from '../access/route.decorator.js';
import { UpdateOwnUserDto } from './dto/update-own-user.dto.js';
import { UserDto } from './dto/user.dto.js';
import { OwnUserService } from './own-user.service.js';
import { userResource } from './user.resource.js';
import { USER_ERRORS } from './users.errors.js';
import { UsersService } from './users.service.js';

const { newPasswordsDiffer, wrongPassword } = PASSWORD_ERRORS;

/** Back Office users manage their own account. */
@ApiTags('users')
@JsonApiController('users', 'users/mine')
export class OwnUserController {
  constructor(
    private readonly users: UsersService,
    private readonly service: OwnUserService,
  ) {}

  @Get()
  @Route({
    access: 'back-office',
    summary: 'The caller',
    answer: { status: 200, description: 'The caller', resource: UserDto },
    errors: [USER_ERRORS.notFound],
  })
  async get(@CurrentPrincipal() { session }: Principal): Promise<Resource> {
    return new Resource(userResource(await this.users.get(session?.userUuid ?? '')));
  }

  @Patch()
  @Route({
    access: 'back-office',
    mfa: 'by-policy',
    limited: allowanceOf,
    summary: "Changes the caller's names, language or password; a new password ends all sessions",
    answer: { status: 200, description: 'The caller as it is now', resource: UserDto },
    errors: [
      newPasswordsDiffer,
      tooManyAttempts(300, 'en_US'),
      wrongPassword,
      ...Object.values(WEAKNESS_ERRORS),
      USER_ERRORS.notFound,
    ],
  })
  async change(
    @Attributes() attributes: UpdateOwnUserDto,
    @CurrentCaller() caller: ReachableCaller,
    @Req() request: JsonApiHttpRequest & ClientRequest,
  ): Promise<Resource> {
    return new Resource(userResource(await this.service.change(caller, attributes, request)));
  }
}

/** Names and a language need no check of a password. What cannot be read counts as one that does. */
function allowanceOf(body: unknown): ClientAllowance | undefined {
  const document = body as { data?: { attributes?: Partial<UpdateOwnUserDto> } } | null | undefined;
  const attributes = document?.data?.attributes;
  return attributes && attributes.password === undefined ? undefined : 'sign-in';
}

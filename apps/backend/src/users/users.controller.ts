import { Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCaller, WEAKNESS_ERRORS, type ReachableCaller } from '#auth';
import { Collection, GENERIC_ERRORS, JsonApiController, RawAttributes, Resource, validateAttributes } from '#json-api';
import { SETTINGS, type Settings } from '#platform';
import { Route } from '../access/route.decorator.js';
import { newUserAttributes } from './new-user.attributes.js';
import { userChanges } from './user-changes.attributes.js';
import { parseUserList } from './user-list.js';
import { userResource } from './user.resource.js';
import { CHANGES_EXAMPLE, NEW_USER_EXAMPLE, USER_EXAMPLE, USER_LIST_EXAMPLE } from './users-example.js';
import { USER_ERRORS } from './users.errors.js';
import { UsersService } from './users.service.js';

const { notFound, oneself, reasonMissing, usernameTaken } = USER_ERRORS;
const IDS = { id: String(USER_EXAMPLE.id) };
const type = USER_EXAMPLE.type;

/** Administrators look after the users. */
@ApiTags('users')
@JsonApiController('users')
export class UsersController {
  private readonly newUserClass: ReturnType<typeof newUserAttributes>;
  private readonly changesClass: ReturnType<typeof userChanges>;

  constructor(
    private readonly service: UsersService,
    @Inject(SETTINGS) { passwordMinLength }: Settings,
  ) {
    this.newUserClass = newUserAttributes(passwordMinLength);
    this.changesClass = userChanges(passwordMinLength);
  }

  @Get()
  @Route({
    access: 'administrator',
    summary: 'The users, in pages of 20, or up to 100',
    query: USER_LIST_EXAMPLE,
    answer: { status: 200, description: 'The users, with links to the other pages', data: [USER_EXAMPLE] },
  })
  async list(@Query() query: Record<string, unknown>): Promise<Collection> {
    const list = parseUserList(query);
    const { users, total } = await this.service.list(list);
    return new Collection(users.map(userResource), { page: { ...list.page, total } });
  }

  @Get(':id')
  @Route({
    access: 'administrator',
    summary: 'One user',
    ids: IDS,
    answer: { status: 200, description: 'The user', data: USER_EXAMPLE },
    errors: [notFound],
  })
  async get(@Param('id') uuid: string): Promise<Resource> {
    return new Resource(userResource(await this.service.get(uuid)));
  }

  @Post()
  @Route({
    access: 'administrator',
    mfa: 'always',
    summary: 'Creates a user',
    request: { type, attributes: NEW_USER_EXAMPLE },
    answer: { status: 201, description: 'The new user', data: USER_EXAMPLE },
    errors: [usernameTaken, ...Object.values(WEAKNESS_ERRORS)],
  })
  async create(@RawAttributes() attributes: object, @CurrentCaller() caller: ReachableCaller): Promise<Resource> {
    const valid = await validateAttributes(this.newUserClass, attributes);
    return new Resource(userResource(await this.service.create(valid, caller)));
  }

  @Patch(['', ':id'])
  @Route({
    access: 'administrator',
    mfa: 'always',
    summary:
      'Changes a user; another username, password or status ends all sessions of the user. Another username or password of somebody else who has MFA needs a reason',
    ids: IDS,
    request: { type, attributes: CHANGES_EXAMPLE },
    answer: { status: 200, description: 'The user as it is now', data: USER_EXAMPLE },
    errors: [
      GENERIC_ERRORS.missingId,
      notFound,
      oneself,
      usernameTaken,
      reasonMissing,
      ...Object.values(WEAKNESS_ERRORS),
    ],
  })
  async change(
    @Param('id') uuid: string,
    @RawAttributes() attributes: object,
    @CurrentCaller() caller: ReachableCaller,
  ): Promise<Resource> {
    const valid = await validateAttributes(this.changesClass, attributes);
    return new Resource(userResource(await this.service.change(uuid, valid, caller)));
  }

  @Delete(['', ':id'])
  @Route({
    access: 'administrator',
    mfa: 'always',
    summary: 'Deactivates a user and ends all sessions; again: nothing changes',
    ids: IDS,
    errors: [GENERIC_ERRORS.missingId, notFound, oneself],
  })
  async deactivate(@Param('id') uuid: string, @CurrentCaller() caller: ReachableCaller): Promise<void> {
    await this.service.deactivate(uuid, caller);
  }
}

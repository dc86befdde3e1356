import { Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCaller, WEAKNESS_ERRORS, type ReachableCaller } from '#auth';
import { Attributes, Collection, GENERIC_ERRORS, JsonApiController, Resource } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { CreateUserDto } from './dto/create-user.dto.js';
import { UpdateUserDto } from './dto/update-user.dto.js';
import { UserDto } from './dto/user.dto.js';
import { parseUserList } from './user-list.js';
import { userResource } from './user.resource.js';
import { USER_ERRORS } from './users.errors.js';
import { UsersService } from './users.service.js';

const { notFound, oneself, reasonMissing, usernameTaken } = USER_ERRORS;
const ids = { id: '7c1e2a90-3f9b-5a4e-8d15-2b7f60c4d1aa' };

/** Administrators manage users. */
@ApiTags('users')
@JsonApiController('users')
export class UsersController {
  constructor(private readonly service: UsersService) {}

  @Get()
  @Route({
    access: 'administrator',
    summary: 'The users, in pages of 20, or up to 100',
    query: {
      'page[offset]': '0',
      'page[limit]': '20',
      sort: 'lastName,-createdAt',
      'filter[users.username]': 'wim.dekker@sallyport.example',
      'filter[users.uuid]': ids.id,
      'filter[users.role]': 'warehouse',
      'filter[users.status]': 'active',
      'filter[users.name]': 'dekker',
    },
    answer: { status: 200, description: 'The users, with links to the other pages', list: UserDto },
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
    ids,
    answer: { status: 200, description: 'The user', resource: UserDto },
    errors: [notFound],
  })
  async get(@Param('id') uuid: string): Promise<Resource> {
    return new Resource(userResource(await this.service.get(uuid)));
  }

  @Post()
  @Route({
    access: 'administrator',
    mfa: 'always',
    summary: 'Creates a user: active, no warehouse user and with the locale en_US, where nothing else is said',
    answer: { status: 201, description: 'The new user', resource: UserDto },
    errors: [usernameTaken, ...Object.values(WEAKNESS_ERRORS)],
  })
  async create(@Attributes() attributes: CreateUserDto, @CurrentCaller() caller: ReachableCaller): Promise<Resource> {
    return new Resource(userResource(await this.service.create(attributes, caller)));
  }

  @Patch(['', ':id'])
  @Route({
    access: 'administrator',
    mfa: 'always',
    summary:
      'Changes a user; another username, password or status ends all sessions of the user. Another username or password of somebody else who has MFA needs a reason',
    ids,
    answer: { status: 200, description: 'The user as it is now', resource: UserDto },
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
    @Attributes() attributes: UpdateUserDto,
    @CurrentCaller() caller: ReachableCaller,
  ): Promise<Resource> {
    return new Resource(userResource(await this.service.change(uuid, attributes, caller)));
  }

  @Delete(['', ':id'])
  @Route({
    access: 'administrator',
    mfa: 'always',
    summary: 'Deactivates a user and ends all sessions; again: nothing changes',
    ids,
    errors: [GENERIC_ERRORS.missingId, notFound, oneself],
  })
  async deactivate(@Param('id') uuid: string, @CurrentCaller() caller: ReachableCaller): Promise<void> {
    await this.service.deactivate(uuid, caller);
  }
}

import { Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type ReachableCaller } from '#auth';
import { Attributes, Collection, GENERIC_ERRORS, JsonApiController, parseBoundedPage, Resource } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { BACKEND_ERRORS } from '../backend-errors.js';
import { CreatePolicyDto } from './dto/create-policy.dto.js';
import { PolicyDto } from './dto/policy.dto.js';
import { UpdatePolicyDto } from './dto/update-policy.dto.js';
import { MfaPoliciesService } from './mfa-policies.service.js';
import { policyResource } from './policy.resource.js';

const { notFound } = BACKEND_ERRORS;
const { missingId } = GENERIC_ERRORS;
const ids = { id: '2b6f1c1e-5f0d-4a8e-9d0b-3b5f2f4c7a10' };

/** Administrators define who must have a second factor, and from when. */
@ApiTags('MFA policies')
@JsonApiController('mfa-policies')
export class MfaPoliciesController {
  constructor(private readonly service: MfaPoliciesService) {}

  @Get()
  @Route({
    access: 'administrator',
    summary: 'The policies in the order of their dates, in pages of 20, or up to 100',
    query: { 'page[offset]': '0', 'page[limit]': '20' },
    answer: { status: 200, description: 'The policies, with links to the other pages', list: PolicyDto },
  })
  async list(@Query() query: Record<string, unknown>): Promise<Collection> {
    const page = parseBoundedPage(query);
    const { policies, total } = await this.service.list(page);
    return new Collection(policies.map(policyResource), { page: { ...page, total } });
  }

  @Get(':id')
  @Route({
    access: 'administrator',
    summary: 'One policy',
    ids,
    answer: { status: 200, description: 'The policy', resource: PolicyDto },
    errors: [notFound],
  })
  async get(@Param('id') uuid: string): Promise<Resource> {
    return new Resource(policyResource(await this.service.get(uuid)));
  }

  @Post()
  @Route({
    access: 'administrator',
    mfa: 'always',
    summary:
      'Requires MFA from a date on: of all `customers` (value null), the customers of a `company` (its name), or the users with a `role`',
    answer: { status: 201, description: 'The new policy', resource: PolicyDto },
  })
  async create(@Attributes() attributes: CreatePolicyDto, @CurrentCaller() caller: ReachableCaller): Promise<Resource> {
    return new Resource(policyResource(await this.service.create(attributes, caller)));
  }

  @Patch(['', ':id'])
  @Route({
    access: 'administrator',
    mfa: 'always',
    summary: 'Changes a policy, from the next request on',
    ids,
    answer: { status: 200, description: 'The policy as it is now', resource: PolicyDto },
    errors: [missingId, notFound],
  })
  async update(
    @Param('id') uuid: string,
    @Attributes() attributes: UpdatePolicyDto,
    @CurrentCaller() caller: ReachableCaller,
  ): Promise<Resource> {
    return new Resource(policyResource(await this.service.update(uuid, attributes, caller)));
  }

  @Delete(['', ':id'])
  @Route({
    access: 'administrator',
    mfa: 'always',
    summary: 'Ends a policy',
    ids,
    errors: [missingId, notFound],
  })
  async delete(@Param('id') uuid: string, @CurrentCaller() caller: ReachableCaller): Promise<void> {
    await this.service.delete(uuid, caller);
  }
}

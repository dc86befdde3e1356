import { Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type ReachableCaller } from '#auth';
import { Attributes, Collection, GENERIC_ERRORS, JsonApiController, parseBoundedPage, Resource } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { BACKEND_ERRORS } from '../backend-errors.js';
import { NEW_POLICY_EXAMPLE, POLICY_EXAMPLE } from './mfa-policies-example.js';
import { MfaPoliciesService } from './mfa-policies.service.js';
import { NewPolicyAttributes } from './new-policy.attributes.js';
import { PolicyChangesAttributes } from './policy-changes.attributes.js';
import { policyResource } from './policy.resource.js';

const { notFound } = BACKEND_ERRORS;
const { missingId } = GENERIC_ERRORS;
const TYPE = 'mfa-policies';
const ids = { id: POLICY_EXAMPLE.id ?? '' };

/** Administrators say who must have a second factor, and from when on. */
@ApiTags('MFA policies')
@JsonApiController(TYPE)
export class MfaPoliciesController {
  constructor(private readonly service: MfaPoliciesService) {}

  @Get()
  @Route({
    access: 'administrator',
    summary: 'The policies in the order of their dates, in pages of 20, or up to 100',
    query: { 'page[offset]': '0', 'page[limit]': '20' },
    answer: { status: 200, description: 'The policies, with links to the other pages', data: [POLICY_EXAMPLE] },
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
    answer: { status: 200, description: 'The policy', data: POLICY_EXAMPLE },
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
    request: { type: TYPE, attributes: NEW_POLICY_EXAMPLE },
    answer: { status: 201, description: 'The new policy', data: POLICY_EXAMPLE },
  })
  async create(
    @Attributes() attributes: NewPolicyAttributes,
    @CurrentCaller() caller: ReachableCaller,
  ): Promise<Resource> {
    return new Resource(policyResource(await this.service.create(attributes, caller)));
  }

  @Patch(['', ':id'])
  @Route({
    access: 'administrator',
    mfa: 'always',
    summary: 'Changes a policy, from the next request on',
    ids,
    request: { type: TYPE, attributes: { requiredFrom: NEW_POLICY_EXAMPLE.requiredFrom } },
    answer: { status: 200, description: 'The policy as it is now', data: POLICY_EXAMPLE },
    errors: [missingId, notFound],
  })
  async update(
    @Param('id') uuid: string,
    @Attributes() attributes: PolicyChangesAttributes,
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

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import type { DataSource, EntityManager } from 'typeorm';
import type { ReachableCaller } from '#auth';
import { ApiException, parseDateTime, type Page } from '#json-api';
import { MfaService, PolicyService, type NewPolicy, type Policy } from '#mfa';
import { AdministratorsRepository } from '../accounts/administrators.repository.js';
import { BACKEND_ERRORS } from '../backend-errors.js';
import type { CreatePolicyDto } from './dto/create-policy.dto.js';
import type { UpdatePolicyDto } from './dto/update-policy.dto.js';
import { violationsOf, type PolicyDraft } from './policy-violations.js';

/** Checks which policies administrators may define. libs/mfa applies them. */
@Injectable()
export class MfaPoliciesService {
  constructor(
    private readonly policies: PolicyService,
    private readonly administrators: AdministratorsRepository,
    private readonly mfa: MfaService,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  list(page: Required<Page>): ReturnType<PolicyService['list']> {
    return this.policies.list(page);
  }

  /** @throws ApiException 404 / 007 */
  async get(uuid: string): Promise<Policy> {
    return found(isUUID(uuid, 'loose') && (await this.policies.find(uuid)));
  }

  /** @throws ApiException 422 / 901 if the attributes do not fit together */
  check({ appliesTo, value, requiredFrom, methods }: CreatePolicyDto): NewPolicy {
    return this.valid({ appliesTo, value, requiredFrom: dateOf(requiredFrom), methods });
  }

  /** @throws ApiException 404 / 007, 422 / 901 if the attributes do not fit together with the unchanged ones */
  async checkChanges(uuid: string, changes: UpdatePolicyDto): Promise<void> {
    this.changed(await this.get(uuid), changes);
  }

  /** @throws ApiException 422 / 901 if the attributes do not fit together */
  async create(attributes: CreatePolicyDto, caller: ReachableCaller): Promise<Policy> {
    const policy = this.check(attributes);
    return this.asAdministrator(caller, (manager) => this.policies.create(policy, caller, manager));
  }

  /** @throws ApiException 404 / 007, 422 / 901 if the attributes do not fit together with the unchanged ones */
  async update(uuid: string, changes: UpdatePolicyDto, caller: ReachableCaller): Promise<Policy> {
    const changed = (now: Policy): NewPolicy => this.changed(now, changes);
    if (!isUUID(uuid, 'loose')) throw new ApiException(BACKEND_ERRORS.notFound);
    return found(await this.asAdministrator(caller, (manager) => this.policies.update(uuid, changed, caller, manager)));
  }

  /** @throws ApiException 404 / 007 */
  async delete(uuid: string, caller: ReachableCaller): Promise<void> {
    if (!isUUID(uuid, 'loose')) throw new ApiException(BACKEND_ERRORS.notFound);
    found(await this.asAdministrator(caller, (manager) => this.policies.delete(uuid, caller, manager)));
  }

  private asAdministrator<T>(caller: ReachableCaller, change: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await this.administrators.lock(caller.account.id, manager);
      return change(manager);
    });
  }

  private changed(now: Policy, changes: UpdatePolicyDto): NewPolicy {
    return this.valid({
      appliesTo: changes.appliesTo ?? now.appliesTo,
      value: changes.value === undefined ? now.value : changes.value,
      requiredFrom: changes.requiredFrom === undefined ? now.requiredFrom : dateOf(changes.requiredFrom),
      methods: changes.methods ?? now.methods,
    });
  }

  private valid(draft: PolicyDraft): NewPolicy {
    const [first, ...others] = violationsOf(
      draft,
      this.mfa.protectingMethodsFor(draft.appliesTo === 'role' ? 'user' : 'customer'),
    );
    if (first) throw new ApiException([first, ...others]);
    // a company is found by its exact name: with surrounding blanks the policy would apply to nobody
    return { ...draft, value: draft.value?.trim() ?? null };
  }
}

function found<T>(result: T | false | undefined): T {
  if (!result) throw new ApiException(BACKEND_ERRORS.notFound);
  return result;
}

/** The rules of the attributes accept nothing else. */
function dateOf(text: string): Date {
  const read = parseDateTime(text);
  if (!read) throw new TypeError('not a moment');
  return read;
}

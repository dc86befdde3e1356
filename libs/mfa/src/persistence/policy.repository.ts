import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { MOST_COUNTED, type Page } from '#json-api';
import type { NewPolicy } from '../core/policy.js';
import { Policy } from './policy.entity.js';

@Injectable()
export class PolicyRepository {
  constructor(@InjectRepository(Policy) private readonly policies: Repository<Policy>) {}

  /** Sorted by date. */
  async list({ offset, limit }: Page): Promise<{ readonly policies: readonly Policy[]; readonly total: number }> {
    const order = { requiredFrom: 'ASC', uuid: 'ASC' } as const;
    const [policies, total] = await this.policies.findAndCount({ order, skip: offset, ...(limit && { take: limit }) });
    return { policies, total: Math.min(total, MOST_COUNTED) };
  }

  async find(uuid: string): Promise<Policy | undefined> {
    return (await this.policies.findOneBy({ uuid })) ?? undefined;
  }

  /** Locks the policy until the transaction ends. */
  async lock(uuid: string, manager: EntityManager): Promise<Policy | undefined> {
    return (await manager.findOne(Policy, { where: { uuid }, lock: { mode: 'pessimistic_write' } })) ?? undefined;
  }

  async insert(policy: Policy, manager: EntityManager): Promise<void> {
    await manager.insert(Policy, policy);
  }

  async update(uuid: string, changes: NewPolicy & Pick<Policy, 'updatedAt'>, manager: EntityManager): Promise<void> {
    await manager.update(Policy, uuid, changes);
  }

  async delete(uuid: string, manager: EntityManager): Promise<void> {
    await manager.delete(Policy, uuid);
  }
}

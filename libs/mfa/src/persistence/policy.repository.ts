import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { MOST_COUNTED, type Page } from '#json-api';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Authorship } from '../core/audit.js';
import type { NewPolicy, Policy } from '../core/policy.js';
import { appendAuditEntry } from './audit-entry.repository.js';
import type { Transaction } from './statement.js';

const COLUMNS = `uuid, applies_to AS "appliesTo", value, required_from AS "requiredFrom", methods,
  created_at AS "createdAt", updated_at AS "updatedAt"`;

/** Policies; every change is an entry in the trail of the one who makes it, in one transaction. */
@Injectable()
export class PolicyRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** In the order of their dates. */
  async list({ offset, limit }: Page): Promise<{ readonly policies: readonly Policy[]; readonly total: number }> {
    const policies = await this.dataSource.query<Policy[]>(
      `SELECT ${COLUMNS} FROM step_up_policy ORDER BY required_from, uuid OFFSET $1 LIMIT $2`,
      [offset, limit ?? null],
    );
    const [row] = await this.dataSource.query<{ total: number }[]>(
      `SELECT count(*)::int AS total FROM (SELECT FROM step_up_policy LIMIT ${MOST_COUNTED}) counted`,
    );
    return { policies, total: row?.total ?? 0 };
  }

  async find(uuid: string): Promise<Policy | undefined> {
    const [policy] = await this.dataSource.query<Policy[]>(`SELECT ${COLUMNS} FROM step_up_policy WHERE uuid = $1`, [
      uuid,
    ]);
    return policy;
  }

  create(
    { appliesTo, value, requiredFrom, methods }: NewPolicy,
    by: Authorship,
    within?: Transaction,
  ): Promise<Policy> {
    return this.during(within, async (manager) => {
      const [policy] = await manager.query<[Policy]>(
        `INSERT INTO step_up_policy (uuid, applies_to, value, required_from, methods, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING ${COLUMNS}`,
        [randomUUID(), appliesTo, value, requiredFrom, methods, by.at],
      );
      await audit(manager, by, 'created', policy);
      return policy;
    });
  }

  /** @param change what becomes of the policy as it is now @returns undefined for one that does not exist */
  update(
    uuid: string,
    change: (now: Policy) => NewPolicy,
    by: Authorship,
    within?: Transaction,
  ): Promise<Policy | undefined> {
    return this.during(within, async (manager) => {
      const [current] = await manager.query<Policy[]>(
        `SELECT ${COLUMNS} FROM step_up_policy WHERE uuid = $1 FOR UPDATE`,
        [uuid],
      );
      if (!current) return undefined;
      const { appliesTo, value, requiredFrom, methods } = change(current);
      const [[policy]] = await manager.query<[[Policy], number]>(
        `UPDATE step_up_policy SET applies_to = $2, value = $3, required_from = $4, methods = $5, updated_at = $6
         WHERE uuid = $1 RETURNING ${COLUMNS}`,
        [uuid, appliesTo, value, requiredFrom, methods, by.at],
      );
      await audit(manager, by, 'updated', policy);
      return policy;
    });
  }

  /** @returns false for one that does not exist */
  delete(uuid: string, by: Authorship, within?: Transaction): Promise<boolean> {
    return this.during(within, async (manager) => {
      const [[policy]] = await manager.query<[Policy[], number]>(
        `DELETE FROM step_up_policy WHERE uuid = $1 RETURNING ${COLUMNS}`,
        [uuid],
      );
      if (policy) await audit(manager, by, 'deleted', policy);
      return policy !== undefined;
    });
  }

  private during<T>(within: Transaction | undefined, work: (manager: Transaction) => Promise<T>): Promise<T> {
    return within ? work(within) : this.dataSource.transaction(work);
  }
}

function audit(
  manager: EntityManager,
  by: Authorship,
  change: 'created' | 'updated' | 'deleted',
  { uuid, appliesTo, value, requiredFrom, methods }: Policy,
): Promise<void> {
  const details = { change, policy: { uuid, appliesTo, value, requiredFrom: requiredFrom.toISOString(), methods } };
  return appendAuditEntry(manager, { ...by, event: 'policy-changed', details });
}

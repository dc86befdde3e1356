import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { ApiErrorRow } from '#json-api';
import { prepared, type Statement } from '#platform';
import type { IdempotencyRecord } from './idempotency-record.entity.js';

/** How a piece of work ended: with a result, or refused. */
export type Ending = { readonly result: unknown } | { readonly refusal: readonly [ApiErrorRow, ...ApiErrorRow[]] };

type Claim = Omit<IdempotencyRecord, 'answer'>;

/** Waits for a transaction that works under the same key. An expired record counts as none. */
const CLAIM: Statement = {
  name: 'idempotency_claim',
  text: `
    INSERT INTO idempotency_record AS r (identity, route, key_hash, request_hash, counted_for, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT ON CONSTRAINT pk_idempotency_record
      DO UPDATE SET request_hash = excluded.request_hash, counted_for = excluded.counted_for,
        expires_at = excluded.expires_at, answer = NULL
      WHERE r.expires_at <= $7
    RETURNING true AS claimed`,
};

const FIND: Statement = {
  name: 'idempotency_find',
  text: `
    SELECT request_hash AS "requestHash", answer FROM idempotency_record
    WHERE identity = $1 AND route = $2 AND key_hash = $3`,
};

/**
 * The record that has to expire before whom it counts for is within the limit, with the one that was just claimed. Those
 * of requests under way are not seen, and nobody waits for them: all guests of an office have one address.
 */
const EXCESS: Statement = {
  name: 'idempotency_excess',
  text: `
    SELECT expires_at AS "expiresAt" FROM idempotency_record WHERE counted_for = $1 AND expires_at > $2
    ORDER BY expires_at DESC OFFSET $3 LIMIT 1`,
};

const KEEP: Statement = {
  name: 'idempotency_keep',
  text: `UPDATE idempotency_record SET answer = $4 WHERE identity = $1 AND route = $2 AND key_hash = $3`,
};

const SWEEP: Statement = {
  name: 'idempotency_sweep',
  text: `
    DELETE FROM idempotency_record WHERE (identity, route, key_hash) IN (
      SELECT identity, route, key_hash FROM idempotency_record
      WHERE expires_at <= $1 ORDER BY expires_at LIMIT 2 FOR UPDATE SKIP LOCKED)`,
};

@Injectable()
export class IdempotencyRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Removes up to two expired records: more than a use can add. */
  async sweep(now: Date): Promise<void> {
    await prepared(this.dataSource, SWEEP, [now]);
  }

  /** @returns false when the key was used before */
  async claim(manager: EntityManager, claim: Claim, now: Date): Promise<boolean> {
    const { requestHash, countedFor, expiresAt } = claim;
    const values = [...keyOf(claim), requestHash, countedFor, expiresAt, now];
    const rows = await prepared(manager, CLAIM, values);
    return rows.length > 0;
  }

  async find(manager: EntityManager, claim: Claim): Promise<{ requestHash: Buffer; answer: Ending } | undefined> {
    const [row] = await prepared<{ requestHash: Buffer; answer: Ending }>(manager, FIND, keyOf(claim));
    return row;
  }

  /** @returns until when there are more records than the limit; undefined where it is not so */
  async blockedUntil(
    manager: EntityManager,
    { countedFor }: Claim,
    limit: number,
    now: Date,
  ): Promise<Date | undefined> {
    const [row] = await prepared<{ expiresAt: Date }>(manager, EXCESS, [countedFor, now, limit]);
    return row?.expiresAt;
  }

  async keep(manager: EntityManager, claim: Claim, answer: Ending): Promise<void> {
    await prepared(manager, KEEP, [...keyOf(claim), JSON.stringify(answer)]);
  }
}

function keyOf({ identity, route, keyHash }: Claim): unknown[] {
  return [identity, route, keyHash];
}

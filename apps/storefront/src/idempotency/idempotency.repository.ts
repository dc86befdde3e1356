import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, type EntityManager, type Repository } from 'typeorm';
import type { ApiErrorRow } from '#json-api';
import { run } from '#sql';
import { IdempotencyRecord } from './idempotency-record.entity.js';
import { CLAIM_KEY, SWEEP_RECORDS } from './idempotency.sql.js';

/** The end of the work: a result or a refusal. */
export type Ending = { readonly result: unknown } | { readonly refusal: readonly [ApiErrorRow, ...ApiErrorRow[]] };

interface Claim extends Omit<IdempotencyRecord, 'answer' | 'countedFor'> {
  readonly countedFor: Buffer;
}

@Injectable()
export class IdempotencyRepository {
  constructor(@InjectRepository(IdempotencyRecord) private readonly records: Repository<IdempotencyRecord>) {}

  /** Deletes up to two expired records: more than one request adds. */
  async sweep(now: Date): Promise<void> {
    await run(this.records.manager, SWEEP_RECORDS, { now });
  }

  /** @returns false if the key was used before */
  async claim(claim: Claim, now: Date, manager: EntityManager): Promise<boolean> {
    return (await run(manager, CLAIM_KEY, { ...claim, now })).length > 0;
  }

  async find(claim: Claim, manager: EntityManager): Promise<{ requestHash: Buffer; answer: Ending } | undefined> {
    const record = await manager.findOneBy(IdempotencyRecord, keyOf(claim));
    return record ? { requestHash: record.requestHash, answer: record.answer as Ending } : undefined;
  }

  /**
   * Finds the record that must expire before the number of records is within the limit, including the one just claimed.
   * Records of requests in progress are not seen and not waited for, because all guests of an office share one address.
   *
   * @returns when that record expires; undefined if the limit is not exceeded
   */
  async blockedUntil(
    { countedFor }: Claim,
    limit: number,
    now: Date,
    manager: EntityManager,
  ): Promise<Date | undefined> {
    const [excess] = await manager.find(IdempotencyRecord, {
      select: { expiresAt: true },
      where: { countedFor, expiresAt: MoreThan(now) },
      order: { expiresAt: 'DESC' },
      skip: limit,
      take: 1,
    });
    return excess?.expiresAt;
  }

  async keep(claim: Claim, answer: Ending, manager: EntityManager): Promise<void> {
    await manager.update(IdempotencyRecord, keyOf(claim), { answer });
  }
}

function keyOf({ identity, route, keyHash }: Claim) {
  return { identity, route, keyHash };
}

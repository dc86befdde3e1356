import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ApiException, type ApiErrorRow } from '#json-api';
import { Clock } from '#platform';
import type { Shopper } from '../access/shopper.js';
import { IDEMPOTENCY_ERRORS } from './idempotency.errors.js';
import { IdempotencyRepository, type Ending } from './idempotency.repository.js';
import type { IdempotentCall } from './idempotent-call.js';

type Work<T> = (manager: EntityManager) => Promise<T>;

const KEPT_MS = 24 * 60 * 60 * 1000;

/** Says nothing of the work: who is let in, and how often, changes. */
const PASSING_STATUS = new Set([401, 403, 429]);

/** Carries a request out once for its `Idempotency-Key` (contract: resources, section 4, point 18). */
@Injectable()
export class IdempotencyService {
  constructor(
    private readonly repository: IdempotencyRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Does the work in one transaction, together with the record of the key: there is no work without its record, and no
   * record without the work. A refusal is recorded too; an unexpected error leaves nothing.
   *
   * @param work its result is kept as JSON for 24 hours; what the request says itself need not be in it
   * @returns the result of the work, or of the work that was done before under the same key
   * @throws ApiException 422 for a key that was used with another request, or what the work was refused with
   */
  async run<T>(call: IdempotentCall, shopper: Shopper, work: Work<T>): Promise<T> {
    const { key, route, requestHash } = call;
    if (key === undefined) return this.repository.transaction(work);
    const now = this.clock.now();
    await this.repository.sweep(now);
    const expiresAt = new Date(now.getTime() + KEPT_MS);
    const claim = { identity: identityOf(shopper), route, keyHash: sha256(key), requestHash, expiresAt };
    const ending = await this.repository.transaction(async (manager) => {
      if (!(await this.repository.claim(manager, claim, now))) {
        const record = await this.repository.find(manager, claim);
        return record?.requestHash.equals(requestHash) ? record.answer : { refusal: [IDEMPOTENCY_ERRORS.otherRequest] };
      }
      const answer = await endingOf(manager, work);
      await this.repository.keep(manager, claim, answer);
      return answer;
    });
    if ('refusal' in ending) throw new ApiException(ending.refusal as readonly [ApiErrorRow, ...ApiErrorRow[]]);
    return ending.result as T;
  }
}

/** The nested transaction is a savepoint: a refusal takes the work back and leaves the record. */
async function endingOf<T>(manager: EntityManager, work: Work<T>): Promise<Ending> {
  try {
    return { result: await manager.transaction(work) };
  } catch (error) {
    const [first, ...others] = error instanceof ApiException ? error.rows : [];
    const status = error instanceof ApiException ? error.getStatus() : 500;
    if (!first || status >= 500 || PASSING_STATUS.has(status)) throw error;
    return { refusal: [first, ...others] };
  }
}

function identityOf({ customerId, guestHash }: Shopper): Buffer {
  return sha256(customerId === null ? `guest:${guestHash.toString('hex')}` : `customer:${customerId}`);
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

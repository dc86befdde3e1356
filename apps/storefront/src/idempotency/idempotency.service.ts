import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { ApiException, retryAfter, type ApiErrorRow } from '#json-api';
import { Clock, SETTINGS, type Settings } from '#platform';
import type { Shopper } from '../access/shopper.js';
import { IDEMPOTENCY_ERRORS } from './idempotency.errors.js';
import { IdempotencyRepository, type Ending } from './idempotency.repository.js';
import type { IdempotentCall } from './idempotent-call.js';

type Work<T> = (manager: EntityManager) => Promise<T>;

const KEPT_MS = 24 * 60 * 60 * 1000;

const NONE: ReadonlySet<string> = new Set();

/** Carries a request out once for its `Idempotency-Key` (contract: resources, section 4, point 18). */
@Injectable()
export class IdempotencyService {
  constructor(
    private readonly repository: IdempotencyRepository,
    private readonly clock: Clock,
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Does the work in one transaction, together with the record of the key: there is no work without its record. A refusal
   * is recorded where the same request could be carried out later: who was told of it must be able to rely on it. Any
   * other refusal is the same again without a record, and leaves none, like an unexpected error.
   *
   * @param work its result is kept as JSON for 24 hours; what the request says itself need not be in it
   * @param passing the codes of refusals that may pass, such as that of a product that is out of stock
   * @returns the result of the work, or of the work that was done before under the same key
   * @throws ApiException 422 for a key that was used with another request, 429 with `Retry-After` for a key too many, or
   *   what the work was refused with
   */
  async run<T>(call: IdempotentCall, shopper: Shopper, work: Work<T>, passing = NONE): Promise<T> {
    const { key, route, requestHash, network } = call;
    if (key === undefined) return this.dataSource.transaction(work);
    const { idempotencyRecords: limit } = this.settings.limits;
    const now = this.clock.now();
    await this.repository.sweep(now);
    const expiresAt = new Date(now.getTime() + KEPT_MS);
    const identity = identityOf(shopper);
    const claim = {
      identity,
      route,
      keyHash: sha256(key),
      requestHash,
      // whoever likes is a guest, as often as he likes; an account needs a mailbox
      countedFor: shopper.customerId === null ? sha256(`client:${network}`) : identity,
      expiresAt,
    };
    const ending = await this.dataSource.transaction(async (manager) => {
      if (!(await this.repository.claim(claim, now, manager))) {
        const record = await this.repository.find(claim, manager);
        return record?.requestHash.equals(requestHash) ? record.answer : { refusal: [IDEMPOTENCY_ERRORS.otherRequest] };
      }
      const blockedUntil = limit > 0 ? await this.repository.blockedUntil(claim, limit, now, manager) : undefined;
      if (blockedUntil) throw new ApiException(IDEMPOTENCY_ERRORS.tooMany, retryAfter(blockedUntil, now));
      const answer = await endingOf(manager, work, passing);
      await this.repository.keep(claim, answer, manager);
      return answer;
    });
    if ('refusal' in ending) throw new ApiException(ending.refusal as readonly [ApiErrorRow, ...ApiErrorRow[]]);
    return ending.result as T;
  }
}

/** The nested transaction is a savepoint: a refusal takes the work back and leaves the record. */
async function endingOf<T>(manager: EntityManager, work: Work<T>, passing: ReadonlySet<string>): Promise<Ending> {
  try {
    return { result: await manager.transaction(work) };
  } catch (error) {
    const [first, ...others] = error instanceof ApiException ? error.rows : [];
    if (!first || !passing.has(first.code ?? '')) throw error;
    return { refusal: [first, ...others] };
  }
}

function identityOf({ customerId, guestHash }: Shopper): Buffer {
  return sha256(customerId === null ? `guest:${guestHash.toString('hex')}` : `customer:${customerId}`);
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

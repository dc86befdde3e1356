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

/** Carries out a request only once for its `Idempotency-Key` (contract: resources, section 4, point 18). */
@Injectable()
export class IdempotencyService {
  constructor(
    private readonly repository: IdempotencyRepository,
    private readonly clock: Clock,
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Does the work and stores the record of the key in one transaction. A refusal is stored only if the same request
   * could succeed later: a repetition must get the same answer. All other refusals repeat by themselves and are not
   * stored; neither are unexpected errors.
   *
   * @param work its result is stored as JSON for 24 hours; it need not contain data of the request
   * @param passing the codes of refusals that can end, such as a product out of stock
   * @returns the result of the work, or the stored result of the same key
   * @throws ApiException 422 if the key was used with another request, 429 with `Retry-After` if there are too many
   * keys, or the refusal of the work
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
      // anybody can be any number of guests, so those count by address; an account needs a mailbox
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

/** The nested transaction is a savepoint: a refusal undoes the work but keeps the record. */
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

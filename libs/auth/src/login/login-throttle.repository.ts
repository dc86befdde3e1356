import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Raw, type EntityManager, type FindOperator, type Repository } from 'typeorm';
import type { AccountKind } from '#mfa';
import type { ClientAddress } from '#platform';
import { run } from '#sql';
import { LoginFailure } from './login-failure.entity.js';
import { COUNT_REFUSAL, RESERVE_ATTEMPT, SUBJECT } from './login-throttle.sql.js';

/** An account name and a client that try to log in. The login limit counts per subject. */
export interface LoginSubject {
  readonly kind: AccountKind;
  readonly username: string;
  readonly client: ClientAddress;
}

/** Too many failures in a window block the subject for a time. Durations are in seconds. */
export interface LoginLimit {
  readonly failureLimit: number;
  readonly windowSeconds: number;
  readonly blockSeconds: number;
}

/** An attempt, which counts as a failure until its password proves right. */
export interface Reservation {
  readonly blockedUntil: Date | null;
}

/** Agents have a stricter limit of their own (contract: resources, section 1.6). */
export const AGENT_LOGIN_LIMIT: LoginLimit = { failureLimit: 9, windowSeconds: 900, blockSeconds: 360 };

/** Used instead of an address, to count over all addresses. */
const ALL_NETWORKS = '*';

/** The counters of the login limit. They are in the database, so that all instances count together. */
@Injectable()
export class LoginThrottleRepository {
  constructor(@InjectRepository(LoginFailure) private readonly failures: Repository<LoginFailure>) {}

  /**
   * @returns undefined if the subject is blocked. `blockedUntil` is set if a failure of this attempt blocks the
   * subject.
   */
  async reserve(subject: LoginSubject, limit: LoginLimit, now: Date): Promise<Reservation | undefined> {
    const values = { ...valuesOf(subject), ...limit, now };
    const [row] = await run<Reservation>(this.failures.manager, RESERVE_ATTEMPT, values);
    return row;
  }

  /**
   * @returns false if the name was refused, over all addresses, more often in the window than the limit of one address
   * allows
   */
  async countRefusal(
    { kind, username }: LoginSubject,
    limit: LoginLimit,
    now: Date,
    manager: EntityManager,
  ): Promise<boolean> {
    const values = { kind, username, network: ALL_NETWORKS, ...limit, now };
    const [row] = await run<{ isWithin: boolean }>(manager, COUNT_REFUSAL, values);
    return row?.isWithin ?? false;
  }

  /** Takes back an attempt whose password could not be checked. If the attempt started a block, the block ends. */
  async giveBack(subject: LoginSubject, { failureLimit }: LoginLimit): Promise<void> {
    await this.failures
      .createQueryBuilder()
      .update()
      .set({
        failureCount: () => 'failure_count - 1',
        blockedUntil: () => 'CASE WHEN failure_count > :failureLimit THEN blocked_until END',
      })
      .where({ subject: isOfSubject(subject), failureCount: MoreThan(0) })
      .setParameters({ failureLimit })
      .execute();
  }

  async blockedUntil(subject: LoginSubject, now: Date): Promise<Date | undefined> {
    const blocked = await this.failures.findOneBy({ subject: isOfSubject(subject), blockedUntil: MoreThan(now) });
    return blocked?.blockedUntil ?? undefined;
  }

  async forget(subject: LoginSubject): Promise<void> {
    await this.failures.delete({ subject: isOfSubject(subject) });
  }
}

function valuesOf({ kind, username, client }: LoginSubject) {
  return { kind, username, network: client.network };
}

function isOfSubject(subject: LoginSubject): FindOperator<Buffer> {
  return Raw((column) => `${column} = ${SUBJECT}`, valuesOf(subject));
}

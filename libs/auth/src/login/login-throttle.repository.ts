import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Raw, type EntityManager, type FindOperator, type Repository } from 'typeorm';
import type { AccountKind } from '#mfa';
import type { ClientAddress } from '#platform';
import { run } from '#sql';
import { LoginFailure } from './login-failure.entity.js';
import { COUNT_REFUSAL, RESERVE_ATTEMPT, SUBJECT } from './login-throttle.sql.js';

/** Who tries to log in: what the login limit counts by. */
export interface LoginSubject {
  readonly kind: AccountKind;
  readonly username: string;
  readonly client: ClientAddress;
}

/** Failures in a window block the subject for a while; durations in seconds. */
export interface LoginLimit {
  readonly failureLimit: number;
  readonly windowSeconds: number;
  readonly blockSeconds: number;
}

/** An attempt that counts as a failure until its password is found right. */
export interface Reservation {
  readonly blockedUntil: Date | null;
}

/** Agents have a stricter limit of their own (contract: resources, section 1.6). */
export const AGENT_LOGIN_LIMIT: LoginLimit = { failureLimit: 9, windowSeconds: 900, blockSeconds: 360 };

/** In place of an address: what is counted over all of them. */
const ALL_NETWORKS = '*';

/** The login limit's counters, in the database: all app instances count together. */
@Injectable()
export class LoginThrottleRepository {
  constructor(@InjectRepository(LoginFailure) private readonly failures: Repository<LoginFailure>) {}

  /** @returns undefined when the subject is blocked; a time when it is blocked from now on, if the attempt fails */
  async reserve(subject: LoginSubject, limit: LoginLimit, now: Date): Promise<Reservation | undefined> {
    const values = { ...valuesOf(subject), ...limit, now };
    const [row] = await run<Reservation>(this.failures.manager, RESERVE_ATTEMPT, values);
    return row;
  }

  /** @returns false when the name was refused more often in the window, from all addresses, than one may be blocked by */
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

  /** For an attempt whose password nobody could look at; a block that it began ends. */
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

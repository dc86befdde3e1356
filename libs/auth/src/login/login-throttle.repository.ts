import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { AccountKind } from '#mfa';
import { prepared, type ClientAddress, type Statement } from '#platform';

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

/**
 * What is counted by: kind, name and address, hashed, because people mistype passwords as names.
 *
 * The database folds the case, as it does when it looks the name up: two programs would disagree about some letters.
 */
const KEY = `sha256(convert_to(json_build_array($1::text, lower($2::text), $3::text)::text, 'UTF8'))`;

/** In place of an address: what is counted over all of them. */
const ALL_NETWORKS = '*';

/**
 * Counts an attempt as a failure before its password is looked at; a blocked subject gets no row.
 *
 * Each attempt sweeps four rows that are over, because it makes two at most: made-up names do not pile up.
 */
const RESERVE: Statement = {
  name: 'auth_reserve_login_attempt',
  text: `
    WITH swept AS (
      DELETE FROM login_failure WHERE subject IN (
        SELECT subject FROM login_failure
        WHERE window_ends_at <= $4 AND coalesce(blocked_until, $4) <= $4 AND subject <> ${KEY}
        ORDER BY window_ends_at LIMIT 4 FOR UPDATE SKIP LOCKED
      )
    )
    INSERT INTO login_failure AS f (subject, failure_count, window_ends_at, blocked_until)
    VALUES (${KEY}, 1, $4::timestamptz + make_interval(secs => $6::int),
      CASE WHEN $5::int <= 1 THEN $4::timestamptz + make_interval(secs => $7::int) END)
    ON CONFLICT (subject) DO UPDATE SET
      failure_count = CASE WHEN f.window_ends_at <= $4 OR f.blocked_until <= $4 THEN 1 ELSE f.failure_count + 1 END,
      window_ends_at = CASE WHEN f.window_ends_at <= $4 OR f.blocked_until <= $4
        THEN excluded.window_ends_at ELSE f.window_ends_at END,
      blocked_until = CASE WHEN f.window_ends_at <= $4 OR f.blocked_until <= $4 THEN excluded.blocked_until
        WHEN f.failure_count + 1 >= $5 THEN $4::timestamptz + make_interval(secs => $7::int) END
    WHERE f.blocked_until IS NULL OR f.blocked_until <= $4
    RETURNING blocked_until AS "blockedUntil"`,
};

/** Counts a refusal of a name over all addresses, and writes in any case: so it takes its time for every name. */
const COUNT_REFUSAL: Statement = {
  name: 'auth_count_refused_login',
  text: `
    INSERT INTO login_failure AS f (subject, failure_count, window_ends_at)
    VALUES (${KEY}, 1, $4::timestamptz + make_interval(secs => $6::int))
    ON CONFLICT (subject) DO UPDATE SET
      failure_count = CASE WHEN f.window_ends_at <= $4 THEN 1 ELSE f.failure_count + 1 END,
      window_ends_at = CASE WHEN f.window_ends_at <= $4 THEN excluded.window_ends_at ELSE f.window_ends_at END
    RETURNING failure_count <= $5::int AS "isWithin"`,
};

/** Ends a block that the attempt began. */
const GIVE_BACK: Statement = {
  name: 'auth_give_login_attempt_back',
  text: `
    UPDATE login_failure SET failure_count = failure_count - 1,
      blocked_until = CASE WHEN failure_count > $4::int THEN blocked_until END
    WHERE subject = ${KEY} AND failure_count > 0`,
};

const BLOCKED_UNTIL: Statement = {
  name: 'auth_login_blocked_until',
  text: `SELECT blocked_until AS "blockedUntil" FROM login_failure WHERE subject = ${KEY} AND blocked_until > $4`,
};

/** The login limit's counters, in the database: all app instances count together. */
@Injectable()
export class LoginThrottleRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @returns undefined when the subject is blocked; a time when it is blocked from now on, if the attempt fails */
  async reserve(subject: LoginSubject, limit: LoginLimit, now: Date): Promise<Reservation | undefined> {
    const values = [...keyOf(subject), now, limit.failureLimit, limit.windowSeconds, limit.blockSeconds];
    const [row] = await prepared<Reservation>(this.dataSource, RESERVE, values);
    return row;
  }

  /** @returns false when the name was refused more often in the window, from all addresses, than one may be blocked by */
  async countRefusal(
    { kind, username }: LoginSubject,
    { failureLimit, windowSeconds }: LoginLimit,
    now: Date,
    manager: EntityManager,
  ): Promise<boolean> {
    const values = [kind, username, ALL_NETWORKS, now, failureLimit, windowSeconds];
    const [row] = await prepared<{ isWithin: boolean }>(manager, COUNT_REFUSAL, values);
    return row?.isWithin ?? false;
  }

  /** For an attempt whose password nobody could look at. */
  async giveBack(subject: LoginSubject, { failureLimit }: LoginLimit): Promise<void> {
    await prepared(this.dataSource, GIVE_BACK, [...keyOf(subject), failureLimit]);
  }

  async blockedUntil(subject: LoginSubject, now: Date): Promise<Date | undefined> {
    const [row] = await prepared<{ blockedUntil: Date }>(this.dataSource, BLOCKED_UNTIL, [...keyOf(subject), now]);
    return row?.blockedUntil;
  }

  async forget(subject: LoginSubject): Promise<void> {
    await this.dataSource.query(`DELETE FROM login_failure WHERE subject = ${KEY}`, keyOf(subject));
  }
}

function keyOf({ kind, username, client }: LoginSubject): unknown[] {
  return [kind, username, client.network];
}

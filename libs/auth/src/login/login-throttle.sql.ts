import { statement } from '#sql';

/**
 * The key of a counter: kind, name and address, hashed because people sometimes type their password as the name.
 *
 * The database converts the case, as it does for the account's lookup: Node treats some letters differently.
 */
export const SUBJECT = `sha256(convert_to(json_build_array(:kind::text, lower(:username::text), :network::text)::text, 'UTF8'))`;

/**
 * Counts an attempt as a failure before its password is checked. Returns no row if the subject is blocked.
 *
 * Each attempt adds at most two rows and deletes up to four expired ones, so that invented names do not fill the table.
 */
export const RESERVE_ATTEMPT = statement(
  'auth_reserve_login_attempt',
  `
    WITH swept AS (
      DELETE FROM login_failure WHERE subject IN (
        SELECT subject FROM login_failure
        WHERE window_ends_at <= :now AND coalesce(blocked_until, :now) <= :now AND subject <> ${SUBJECT}
        ORDER BY window_ends_at LIMIT 4 FOR UPDATE SKIP LOCKED
      )
    )
    INSERT INTO login_failure AS f (subject, failure_count, window_ends_at, blocked_until)
    VALUES (${SUBJECT}, 1, :now::timestamptz + make_interval(secs => :windowSeconds::int),
      CASE WHEN :failureLimit::int <= 1 THEN :now::timestamptz + make_interval(secs => :blockSeconds::int) END)
    ON CONFLICT (subject) DO UPDATE SET
      failure_count = CASE WHEN f.window_ends_at <= :now OR f.blocked_until <= :now THEN 1 ELSE f.failure_count + 1 END,
      window_ends_at = CASE WHEN f.window_ends_at <= :now OR f.blocked_until <= :now
        THEN excluded.window_ends_at ELSE f.window_ends_at END,
      blocked_until = CASE WHEN f.window_ends_at <= :now OR f.blocked_until <= :now THEN excluded.blocked_until
        WHEN f.failure_count + 1 >= :failureLimit THEN :now::timestamptz + make_interval(secs => :blockSeconds::int) END
    WHERE f.blocked_until IS NULL OR f.blocked_until <= :now
    RETURNING blocked_until AS "blockedUntil"`,
);

/** Counts a refused name over all addresses. It always writes, so that it takes the same time for every name. */
export const COUNT_REFUSAL = statement(
  'auth_count_refused_login',
  `
    INSERT INTO login_failure AS f (subject, failure_count, window_ends_at)
    VALUES (${SUBJECT}, 1, :now::timestamptz + make_interval(secs => :windowSeconds::int))
    ON CONFLICT (subject) DO UPDATE SET
      failure_count = CASE WHEN f.window_ends_at <= :now THEN 1 ELSE f.failure_count + 1 END,
      window_ends_at = CASE WHEN f.window_ends_at <= :now THEN excluded.window_ends_at ELSE f.window_ends_at END
    RETURNING failure_count <= :failureLimit::int AS "isWithin"`,
);

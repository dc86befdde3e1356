import { unprepared } from '#sql';

/**
 * Counts the entries of each day by an index on the time. Unprepared: how many days it reads decides about its plan.
 * `since` is a midnight in UTC, where days begin.
 */
export const DAILY_COUNTS = unprepared(`
  SELECT date_bin('1 day', occurred_at, :since::timestamptz) AS day,
    count(*) FILTER (WHERE event = 'code-sent')::int AS sent,
    count(*) FILTER (WHERE event IN ('accepted', 'activated'))::int AS accepted,
    count(*) FILTER (WHERE event = 'refused')::int AS refused,
    count(*) FILTER (WHERE event = 'locked')::int AS locked
  FROM mfa_audit_event
  WHERE occurred_at >= :since AND occurred_at < :until::timestamptz AND (event IN ('code-sent', 'accepted', 'locked')
    OR (event = 'activated' AND method <> ALL (:backups::text[])) OR (event = 'refused' AND error_code = :wrong_code))
  GROUP BY 1`);

/**
 * Until the end of the transaction. With its usual memory PostgreSQL reads all methods in the order of their accounts,
 * which takes three times as long as to read and hash them.
 */
export const ALLOW_MORE_MEMORY = unprepared(`SET LOCAL work_mem = '64MB'`);

/** The first day of each account that is protected now, as far as it is not before `since`. */
export const PROTECTED_NOW = unprepared(`
  SELECT kind, greatest(date_bin('1 day', first, :since::timestamptz), :since) AS day, count(*)::int AS accounts
  FROM (
    SELECT account_kind AS kind, min(coalesce(activated_at, :since)) AS first FROM mfa_factor
    WHERE status = 2 AND method <> ALL (:backups::text[]) GROUP BY account_kind, account_id
  ) account
  GROUP BY 1, 2`);

/** Only what an event has is a member: JSON tells what kind of change it is. */
const CHANGE = `CASE e.event
      WHEN 'account-ended' THEN json_build_object('event', e.event, 'at', e.occurred_at)
      WHEN 'imported' THEN json_build_object('event', e.event, 'at', e.occurred_at, 'imported', (
        SELECT json_agg(m) FROM jsonb_array_elements(e.details -> 'methods') m WHERE m ->> 'method' <> ALL (:backups)))
      ELSE json_build_object('event', e.event, 'at', e.occurred_at, 'method', e.method) END`;

/**
 * What the trail says about the methods of each account that lost one from `since` on: an object for each account, with
 * `protectedSince` of the methods that it has now.
 */
export const LOST_METHODS = unprepared(`
  WITH lost AS (
    SELECT DISTINCT account_kind, account_id FROM mfa_audit_event
    WHERE event IN ('deactivated', 'removed', 'account-ended') AND occurred_at >= :since::timestamptz
      AND (method IS NULL OR method <> ALL (:backups::text[]))
  )
  SELECT account_kind AS kind,
    (SELECT min(coalesce(activated_at, 'epoch'::timestamptz)) FROM mfa_factor f WHERE f.account_kind = lost.account_kind
      AND f.account_id = lost.account_id AND f.status = 2 AND f.method <> ALL (:backups)) AS "protectedSince",
    (SELECT json_agg(${CHANGE} ORDER BY e.sequence) FROM mfa_audit_event e
      WHERE e.account_kind = lost.account_kind AND e.account_id = lost.account_id
        AND (e.event IN ('imported', 'account-ended') OR (e.method <> ALL (:backups)
          AND e.event IN ('activation-begun', 'activated', 'deactivated', 'removed')))) AS changes
  FROM lost`);

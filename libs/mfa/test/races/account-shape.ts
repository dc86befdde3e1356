import type { DataSource } from 'typeorm';
import type { Account } from '#mfa';

/**
 * All that is stored of an account, but for what is drawn at random: of that it says whether it is from the past.
 * Moments are comparable because the clock stands.
 */
const SHAPE = `
SELECT
  (SELECT to_jsonb(a) - 'revision' - 'account_id' FROM mfa_account a WHERE account_id = $1) AS account,
  (SELECT jsonb_agg(to_jsonb(f) - 'account_id' ORDER BY method) FROM mfa_factor f WHERE account_id = $1) AS factors,
  (SELECT jsonb_agg(to_jsonb(c) - 'account_id' - 'mac' || jsonb_build_object('past', encode(mac, 'hex') = ANY ($2))
    ORDER BY method) FROM mfa_code c WHERE account_id = $1) AS codes,
  (SELECT jsonb_agg(to_jsonb(g) - 'account_id' - 'mac' || jsonb_build_object('past', encode(mac, 'hex') = ANY ($2))
    ORDER BY session_id) FROM mfa_grant g WHERE account_id = $1) AS grants,
  (SELECT jsonb_agg(jsonb_build_object('method', method, 'counter', counter, 'pending_until', pending_until,
    'past', id::text = ANY ($2)) ORDER BY method, id::text = ANY ($2)) FROM mfa_credential WHERE account_id = $1)
    AS credentials,
  (SELECT jsonb_build_object('left', count(*), 'past', count(*) FILTER (WHERE encode(digest, 'hex') = ANY ($2)))
    FROM mfa_recovery_code WHERE account_id = $1) AS recovery,
  (SELECT array_agg(concat_ws(' ', event, method, error_code) ORDER BY 1) FROM (
    SELECT event, method, error_code FROM mfa_audit_event WHERE account_id = $1 ORDER BY 1, 2, 3) e) AS trail`;

const SECRETS = `
SELECT encode(mac, 'hex') AS it FROM mfa_code WHERE account_id = $1
UNION SELECT encode(mac, 'hex') FROM mfa_grant WHERE account_id = $1
UNION SELECT id::text FROM mfa_credential WHERE account_id = $1
UNION SELECT encode(digest, 'hex') FROM mfa_recovery_code WHERE account_id = $1`;

/** What is drawn at random, as it is now: the past of a shape that is taken later. */
export async function pastOf(source: DataSource, { id }: Account): Promise<readonly string[]> {
  const rows = await source.query<{ it: string }[]>(SECRETS, [id]);
  return rows.map(({ it }) => it);
}

export async function shapeOf(source: DataSource, { id }: Account, past: readonly string[]): Promise<object> {
  const [shape] = await source.query<object[]>(SHAPE, [id, past]);
  return shape!;
}

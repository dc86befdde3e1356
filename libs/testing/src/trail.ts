import type { DataSource } from 'typeorm';

/** A stored entry of the audit trail. */
export interface TrailEntry {
  readonly event: string;
  /** For example `user 7`. */
  readonly actor: string;
  readonly reason: string | null;
  readonly details: object | null;
  readonly sessionId: string | null;
  readonly requestId: string | null;
  readonly clientAddress: string | null;
}

/** The entries about an account, oldest first. With `events`: only these. */
export async function trailOf(
  source: DataSource,
  { kind, id }: { readonly kind: 'customer' | 'user'; readonly id: string },
  ...events: readonly string[]
): Promise<TrailEntry[]> {
  return source.query<TrailEntry[]>(
    `SELECT event, actor_kind || ' ' || actor_id AS actor, reason, details, session_id AS "sessionId",
       request_id AS "requestId", client_address AS "clientAddress"
     FROM mfa_audit_event WHERE account_kind = $1 AND account_id = $2 AND ($3::text[] = '{}' OR event = ANY ($3))
     ORDER BY sequence`,
    [kind, id, events],
  );
}

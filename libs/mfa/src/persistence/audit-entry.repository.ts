import type { AuditNote, Authorship, NewAuditEntry } from '../core/audit.js';
import { run, statement, type Source, type Values } from './statement.js';

const APPEND = statement(
  'mfa_append_audit_entries',
  `
  INSERT INTO mfa_audit_event (account_kind, account_id, actor_kind, actor_id, occurred_at, session_id, acts_for_kind,
    acts_for_id, request_id, client_address, reason, event, method, error_code, details)
  SELECT :account_kind, :account_id, :actor_kind, :actor_id, :at::timestamptz, :actor_session, :acts_for_kind,
    :acts_for_id, :request_id, :client_address, :reason, n.event, n.method, n."errorCode", n.details
  FROM ROWS FROM (
    jsonb_to_recordset(:notes::jsonb) AS (event text, method text, "errorCode" text, details jsonb)
  ) WITH ORDINALITY AS n ORDER BY n.ordinality`,
);

/** The values of the parameters that say what happened, who did it, when and from where. */
export function auditValues({ actor, at }: Authorship, notes: readonly AuditNote[]): Values {
  const { actsFor, origin, sessionId, reason } = actor;
  return {
    actor_kind: actor.kind,
    actor_id: actor.id,
    at,
    actor_session: sessionId ?? null,
    acts_for_kind: actsFor?.kind ?? null,
    acts_for_id: actsFor?.id ?? null,
    request_id: origin?.requestId ?? null,
    client_address: origin?.clientAddress ?? null,
    reason: reason ?? null,
    notes: JSON.stringify(notes),
  };
}

/** Writes entries that no change of the second factor goes along with. */
export async function appendNotes(source: Source, by: Authorship, notes: readonly AuditNote[]): Promise<void> {
  const { kind, id } = by.account;
  await run(source, APPEND, { account_kind: kind, account_id: id, ...auditValues(by, notes) });
}

/** Writes an entry in the transaction of what it records. */
export function appendAuditEntry(source: Source, { account, actor, at, ...note }: NewAuditEntry): Promise<void> {
  return appendNotes(source, { account, actor, at }, [note]);
}

import { statement, type Values } from '#sql';
import type { AuditContext, AuditNote } from '../core/audit.js';

const ENTRIES = `
  INSERT INTO mfa_audit_event (account_kind, account_id, actor_kind, actor_id, occurred_at, session_id, acts_for_kind,
    acts_for_id, request_id, client_address, reason, event, method, error_code, details)
  SELECT :account_kind, :account_id, :actor_kind, :actor_id, :at::timestamptz, :actor_session, :acts_for_kind,
    :acts_for_id, :request_id, :client_address, :reason, n.event, n.method, n."errorCode", n.details
  FROM ROWS FROM (
    jsonb_to_recordset(:notes::jsonb) AS (event text, method text, "errorCode" text, details jsonb)
  ) WITH ORDINALITY AS n`;

export const APPEND_ENTRIES = statement('mfa_append_audit_entries', `${ENTRIES} ORDER BY n.ordinality`);

/** Writes only for an account that has an active method. */
export const APPEND_ENTRIES_IF_PROTECTED = statement(
  'mfa_append_audit_entries_if_protected',
  `${ENTRIES}
  WHERE EXISTS (
    SELECT FROM mfa_factor WHERE account_kind = :account_kind AND account_id = :account_id AND status = 2
  ) ORDER BY n.ordinality`,
);

/** The parameters for event, actor, time and origin. */
export function auditValues({ actor, at }: AuditContext, notes: readonly AuditNote[]): Values {
  const { onBehalfOf, origin, sessionId, reason } = actor;
  return {
    actor_kind: actor.kind,
    actor_id: actor.id,
    at,
    actor_session: sessionId ?? null,
    acts_for_kind: onBehalfOf?.kind ?? null,
    acts_for_id: onBehalfOf?.id ?? null,
    request_id: origin?.requestId ?? null,
    client_address: origin?.clientAddress ?? null,
    reason: reason ?? null,
    notes: JSON.stringify(notes),
  };
}

/** All parameters of the statements. */
export function entryValues(notes: readonly AuditNote[], context: AuditContext): Values {
  const { kind, id } = context.account;
  return { account_kind: kind, account_id: id, ...auditValues(context, notes) };
}

import type { DataSource, EntityManager } from 'typeorm';
import type { NewAuditEntry } from '../core/audit.js';
import { prepared, type Statement } from './prepared.js';

/** The parameters of a statement that say when, in which session, for whom and from where something happened. */
interface EntryParameters {
  readonly now: string;
  readonly session: string;
  readonly actsForKind: string;
  readonly actsForId: string;
  readonly requestId: string;
  readonly clientAddress: string;
}

/**
 * The part of a deciding statement that writes its audit entries: what an account ($1, $2) did itself, taken from a
 * CTE `entry` with position, event, method, error_code and details.
 */
export function auditInsert({
  now,
  session,
  actsForKind,
  actsForId,
  requestId,
  clientAddress,
}: EntryParameters): string {
  return `INSERT INTO mfa_audit_event (account_kind, account_id, actor_kind, actor_id, occurred_at, session_id,
    acts_for_kind, acts_for_id, request_id, client_address, event, method, error_code, details)
  SELECT $1, $2, $1, $2, ${now}, ${session}, ${actsForKind}::text, ${actsForId}::text, ${requestId}::text,
    ${clientAddress}::text, e.event, e.method, e.error_code, e.details
  FROM entry e WHERE e.event IS NOT NULL ORDER BY e.position`;
}

const APPEND: Statement = {
  name: 'mfa_append_audit_entry',
  text: `
    INSERT INTO mfa_audit_event (account_kind, account_id, actor_kind, actor_id, occurred_at, session_id, acts_for_kind,
      acts_for_id, request_id, client_address, event, method, error_code, reason, details)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
};

/** Writes an entry in the transaction of what it records. */
export async function appendAuditEntry(within: DataSource | EntityManager, entry: NewAuditEntry): Promise<void> {
  const { account, actor, event, at, method, errorCode, details } = entry;
  const { actsFor, origin, sessionId, reason } = actor;
  const who = [account.kind, account.id, actor.kind, actor.id, at, sessionId ?? null];
  const from = [actsFor?.kind ?? null, actsFor?.id ?? null, origin?.requestId ?? null, origin?.clientAddress ?? null];
  const what = [event, method ?? null, errorCode ?? null, reason ?? null, details ? JSON.stringify(details) : null];
  await prepared(within, APPEND, [...who, ...from, ...what]);
}

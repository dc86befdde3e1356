/** Selects the entries to export. All given conditions apply. */
export interface AuditExportFilter {
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  readonly account?: { readonly kind: string; readonly id: string } | undefined;
}

/**
 * The members of an entry in a file. Up to `details` they are the hashed members in the hashed order, so that a single
 * line shows whether it was changed. Only the time has another format.
 */
export const AUDIT_LINE_MEMBERS = `
  'accountKind', e.account_kind, 'accountId', e.account_id, 'sequence', e.sequence, 'event', e.event,
  'occurredAt', to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    || CASE WHEN e.occurred_at < '0001-01-01 00:00Z' THEN ' BC' ELSE '' END,
  'method', e.method, 'errorCode', e.error_code, 'reason', e.reason, 'actorKind', e.actor_kind, 'actorId', e.actor_id,
  'actsForKind', e.acts_for_kind, 'actsForId', e.acts_for_id, 'sessionId', e.session_id, 'requestId', e.request_id,
  'clientAddress', e.client_address, 'details', e.details, 'hash', encode(e.hash, 'hex')`;

/**
 * A query that returns a JSON object for each entry, oldest first, with times in UTC. It has no parameters, because
 * COPY takes none.
 *
 * @param literal quotes a text as an SQL literal
 */
export function auditExportQuery(
  { since, until, account }: AuditExportFilter,
  literal: (text: string) => string,
): string {
  const conditions = [
    since && `e.occurred_at >= ${literal(since.toISOString())}`,
    until && `e.occurred_at < ${literal(until.toISOString())}`,
    account && `e.account_kind = ${literal(account.kind)} AND e.account_id = ${literal(account.id)}`,
  ].filter((condition) => condition !== undefined);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  return `
    SELECT json_build_object(${AUDIT_LINE_MEMBERS})
    FROM mfa_audit_event e ${where} ORDER BY e.occurred_at, e.account_kind, e.account_id, e.sequence`;
}

import { isStorable } from '#json-api';
import type { AuditEntry } from '#mfa';

/** Identifies an entry: the account of its chain, and its number there. */
interface AuditEventKey {
  readonly account: { readonly kind: string; readonly id: string };
  readonly sequence: string;
}

/** A sequence is a bigint, which has up to 19 digits, so 18 always fit. */
const ID = /^(customer|user|operator)-(.+)-([1-9]\d{0,17})$/s;

/** The id of an entry in responses, such as `customer-12-7`. */
export function auditEventId({ accountKind, accountId, sequence }: AuditEntry): string {
  return `${accountKind}-${accountId}-${sequence}`;
}

/** @returns undefined if the text cannot be the id of an entry */
export function parseAuditEventId(text: string): AuditEventKey | undefined {
  const [, kind, id, sequence] = ID.exec(text) ?? [];
  if (!kind || !id || !sequence || !isStorable(id)) return undefined;
  return { account: { kind, id }, sequence };
}

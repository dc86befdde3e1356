import type { ResourceObject } from '#json-api';
import type { AuditEventDto, AuditPartyDto } from './dto/audit-event.dto.js';

type Cell = string | null | undefined;

/** The columns of an export, each with its value of an entry. */
const COLUMNS: Readonly<Record<string, (entry: AuditEventDto) => Cell>> = {
  occurredAt: ({ occurredAt }) => occurredAt,
  event: ({ event }) => event,
  ...columnsOf('account', ({ account }) => account),
  ...columnsOf('actor', ({ actor }) => actor),
  ...columnsOf('actsFor', ({ actsFor }) => actsFor),
  method: ({ method }) => method,
  errorCode: ({ errorCode }) => errorCode,
  reason: ({ reason }) => reason,
  sessionId: ({ sessionId }) => sessionId,
  requestId: ({ requestId }) => requestId,
  clientAddress: ({ clientAddress }) => clientAddress,
  details: ({ details }) => details && JSON.stringify(details),
};

/** A customer by reference and a user by uuid; an operator has a name only. */
function columnsOf(prefix: string, partyOf: (entry: AuditEventDto) => AuditPartyDto | null): typeof COLUMNS {
  return {
    [`${prefix}Kind`]: (entry) => partyOf(entry)?.kind,
    [`${prefix}Id`]: (entry) => partyOf(entry)?.customerReference ?? partyOf(entry)?.userUuid,
    [`${prefix}Name`]: (entry) => partyOf(entry)?.name,
    [`${prefix}Email`]: (entry) => partyOf(entry)?.email,
  };
}

export const AUDIT_CSV_HEADER = csvLine(['id', ...Object.keys(COLUMNS)]);

export function auditCsvLine({ id, attributes }: ResourceObject<AuditEventDto>): string {
  return csvLine([id, ...Object.values(COLUMNS).map((cellOf) => attributes && cellOf(attributes))]);
}

/** A line of a CSV file with its end (RFC 4180). */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => quoted(harmless(cell ?? ''))).join(',')}\r\n`;
}

/**
 * A spreadsheet takes a text that begins like this for a formula, and runs it. With a quote before it stays a text. Some split
 * cells at semicolons or tabs, so that a text can begin behind each of them.
 */
function harmless(text: string): string {
  return text.replace(/(^|[;\t\r\n])(?=[=+\-@\t\r])/g, "$1'");
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

import {
  ApiException,
  GENERIC_ERRORS,
  isStorable,
  parseDateTime,
  parseBoundedPage,
  parseFilter,
  type Page,
} from '#json-api';
import type { AuditFilter } from '#mfa';
import { clientAddressOf } from '#platform';

/** Filters that compare a column of the entry directly. */
const WRITTEN = ['event', 'method', 'errorCode', 'sessionId', 'requestId'] as const;

/** Filters by an account's public identifier, which must be looked up. */
const NAMES = ['customerReference', 'userUuid', 'actorUserUuid'] as const;

/** The stored client address if it could not be read. */
const UNKNOWN_CLIENT = clientAddressOf(undefined).address;

/** The requested entries. All conditions apply; unknown attributes are ignored. */
export interface AuditEventSelection {
  readonly filter: Pick<AuditFilter, (typeof WRITTEN)[number] | 'clientAddress' | 'from' | 'until'>;
  readonly names: Readonly<Partial<Record<(typeof NAMES)[number], string>>>;
  /** True if no entry can match. */
  readonly isEmpty: boolean;
}

export interface AuditEventList extends AuditEventSelection {
  readonly page: Required<Page>;
}

/**
 * @throws ApiException 400 if a filter or the page cannot be read, 400 / 011 if a filter is not a valid time or address
 */
export function parseAuditEventList(query: Record<string, unknown>): AuditEventList {
  const filter = parseFilter(query, 'audit-events');
  const [from, until] = [dateTimeIn(filter, 'occurredFrom'), dateTimeIn(filter, 'occurredUntil')];
  const clientAddress = addressIn(filter, 'clientAddress');
  return {
    filter: {
      ...textsOf(filter, WRITTEN),
      ...(clientAddress !== undefined && { clientAddress }),
      ...(from && { from }),
      ...(until && { until }),
    },
    names: textsOf(filter, NAMES),
    isEmpty: ![...filter.values()].every(isStorable),
    page: parseBoundedPage(query),
  };
}

function textsOf<Name extends string>(
  filter: ReadonlyMap<string, string>,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const texts: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const text = filter.get(name);
    if (text !== undefined) texts[name] = text;
  }
  return texts;
}

/** Unreadable addresses are stored as `unknown`, and can be found by that word only. */
function addressIn(filter: ReadonlyMap<string, string>, name: string): string | undefined {
  const text = filter.get(name);
  if (text === undefined) return undefined;
  const { address } = clientAddressOf(text);
  if (address === UNKNOWN_CLIENT && text !== UNKNOWN_CLIENT) throw new ApiException(GENERIC_ERRORS.invalidFilter);
  return address;
}

function dateTimeIn(filter: ReadonlyMap<string, string>, name: string): Date | undefined {
  const text = filter.get(name);
  if (text === undefined) return undefined;
  const moment = parseDateTime(text);
  if (!moment) throw new ApiException(GENERIC_ERRORS.invalidFilter);
  return moment;
}

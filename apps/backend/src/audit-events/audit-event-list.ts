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

/** What an entry can be filtered by as it was written. */
const WRITTEN = ['event', 'method', 'errorCode', 'sessionId', 'requestId'] as const;

/** What names an account; whose it is must be looked up. */
const NAMES = ['customerReference', 'userUuid', 'actorUserUuid'] as const;

/** The address of a client whose address could not be read. */
const UNKNOWN_CLIENT = clientAddressOf(undefined).address;

/** A list as a request asks for it; all conditions hold, unknown attributes are left out. */
export interface AuditEventList {
  readonly filter: Pick<AuditFilter, (typeof WRITTEN)[number] | 'clientAddress' | 'from' | 'until'>;
  readonly names: Readonly<Partial<Record<(typeof NAMES)[number], string>>>;
  /** No entry can be in it. */
  readonly isEmpty: boolean;
  readonly page: Required<Page>;
}

/** @throws ApiException 400 for a filter or a page that cannot be read, 400 / 011 for what is no moment or no address */
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

/** What cannot be read stands in the trail as `unknown`, and is found by that word alone. */
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

import type { AuditFilter } from '#mfa';
import type { Sample } from './list-rows.sql.js';

/** A request for the first page of a list. */
export interface ListCase {
  readonly name: string;
  readonly app: 'backend' | 'storefront';
  readonly path: string;
  readonly as: 'administrator' | 'agent' | 'customer';
  /**
   * The target time applies to a single client only: a search must collect the addresses of a tenth of all rows before
   * it can end.
   */
  readonly isForOne?: true;
}

const backend = (name: string, path: string): ListCase => ({ name, app: 'backend', path, as: 'administrator' });
const trail = (name: string, filter: string, value: string): ListCase =>
  backend(`audit trail: ${name}`, `/audit-events?filter[audit-events.${filter}]=${encodeURIComponent(value)}`);
const agent = (name: string, query: string): ListCase => ({
  name: `agent's search: ${name}`,
  app: 'storefront',
  path: `/agent-customer-search${query}`,
  as: 'agent',
});

/** An empty list, to measure the cost of any request. */
export const NO_LIST = backend('policies', '/mfa-policies');

export const listCases = ({ requestId, sessionId, clientAddress }: Sample): readonly ListCase[] => [
  backend('audit trail', '/audit-events'),
  trail('a common event', 'event', 'accepted'),
  trail('a rare event', 'event', 'unlocked'),
  trail('a rare error', 'errorCode', '5911'),
  trail('a method', 'method', 'totp'),
  trail('a method that nobody has', 'method', 'none'),
  trail('an account', 'customerReference', 'DE--1000'),
  trail('a request', 'requestId', requestId),
  trail('a session', 'sessionId', sessionId),
  trail('an address', 'clientAddress', clientAddress),
  trail('until a moment', 'occurredUntil', '2026-01-15T00:00:00Z'),
  backend('audit trail: the last page', '/audit-events?page[offset]=9980'),
  backend('customers', '/customers'),
  backend('customers by last name', '/customers?sort=lastName'),
  backend('customers, the newest first', '/customers?sort=-createdAt'),
  backend('customers: an address', '/customers?filter[customers.email]=buyer@bench.example'),
  backend('customers: one letter', '/customers?q=k'),
  backend('customers: two letters', '/customers?q=ke'),
  backend('customers: all references begin so', '/customers?q=de'),
  backend('customers: a name', '/customers?q=bakessler'),
  { ...backend('customers: a tenth of all', '/customers?q=ssler'), isForOne: true },
  backend('customers: everybody', '/customers?q=com'),
  backend('customers: nobody', '/customers?q=nobody'),
  backend('users', '/users'),
  backend('assignments', '/warehouse-user-assignments?page[limit]=20'),
  { name: 'orders', app: 'storefront', path: '/orders', as: 'customer' },
  agent('all', ''),
  agent('two letters', '?q=ke'),
  agent('a name', '?q=bakessler'),
];

/** The filters of the trail and the search texts whose plans are checked. */
export const PLANNED_SEARCHES = ['k', 'ke', 'de', 'bakessler', 'ssler', 'com', 'nobody'] as const;
export const plannedFilters = ({ requestId, sessionId, clientAddress }: Sample): readonly AuditFilter[] => [
  {},
  { event: 'accepted' },
  { event: 'unlocked' },
  { errorCode: '5911' },
  { method: 'totp' },
  { method: 'none' },
  { actorKind: 'user', actorId: '1' },
  { requestId },
  { sessionId },
  { clientAddress },
  { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2026-01-15T00:00:00Z') },
];

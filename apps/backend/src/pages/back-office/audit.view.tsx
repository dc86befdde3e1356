import type { CountedPage, ResourceObject } from '#json-api';
import { AUDIT_EVENTS, type AuditEvent } from '#mfa';
import {
  ErrorSummary,
  Facts,
  Field,
  methodName,
  moment,
  Pager,
  Select,
  Table,
  type Problems,
  type Texts,
} from '#pages';
import type { AuditEventDto, AuditPartyDto } from '../../audit-events/dto/audit-event.dto.js';

const PATH = '/back-office/audit';
const TEXT_FILTERS = [
  'customerReference',
  'userUuid',
  'actorUserUuid',
  'method',
  'errorCode',
  'clientAddress',
  'sessionId',
  'requestId',
] as const;
const TIME_FILTERS = ['occurredFrom', 'occurredUntil'] as const;

/** The fields of the form above the list, as the API calls them. */
export const AUDIT_FILTERS = ['event', ...TEXT_FILTERS, ...TIME_FILTERS];

interface AuditListProps {
  readonly texts: Texts;
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: Problems;
  /** Undefined where a filter could not be read. */
  readonly found?: { readonly entries: readonly ResourceObject<AuditEventDto>[]; readonly page: CountedPage };
}

export function AuditList({ texts, typed, problems, found }: AuditListProps) {
  const { audit } = texts.backOffice;
  return (
    <>
      <h1>{audit.title}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      <AuditFilters texts={texts} typed={typed} />
      {found && found.entries.length > 0 && <Entries texts={texts} entries={found.entries} />}
      {found && <Pager texts={texts} page={found.page} path={PATH} query={typed} />}
      {found && (
        <p>
          <a href={`${PATH}/export?${new URLSearchParams(typed).toString()}`} download>
            {audit.export}
          </a>
        </p>
      )}
    </>
  );
}

function AuditFilters({ texts: { backOffice, lists }, typed }: Pick<AuditListProps, 'texts' | 'typed'>) {
  const { audit } = backOffice;
  return (
    <form class="card" method="get" action={PATH} role="search">
      <div class="filters">
        <Select
          name="event"
          label={audit.columns.event}
          problems={{}}
          value={typed['event'] ?? ''}
          none={lists.all}
          options={AUDIT_EVENTS.map((event) => [event, audit.events[event]])}
        />
        {[...TEXT_FILTERS, ...TIME_FILTERS].map((name) => (
          <Field
            key={name}
            name={name}
            label={audit.filters[name]}
            problems={{}}
            input={
              name.startsWith('occurred')
                ? { type: 'datetime-local', value: typed[name] ?? '' }
                : { value: typed[name] ?? '', autocomplete: 'off', maxLength: 255 }
            }
          />
        ))}
      </div>
      <p class="row">
        <button>{lists.filter}</button>
        <a class="button quiet" href={PATH}>
          {lists.reset}
        </a>
      </p>
    </form>
  );
}

interface EntriesProps {
  readonly texts: Texts;
  readonly entries: readonly ResourceObject<AuditEventDto>[];
}

function Entries({ texts, entries }: EntriesProps) {
  const { audit } = texts.backOffice;
  const { occurredAt, event, account, actor, method, errorCode } = audit.columns;
  return (
    <Table
      caption={audit.title}
      head={[occurredAt, event, account, actor, method, errorCode]}
      rows={entries.map(({ id, attributes: entry }) => [
        <a key={id} href={`${PATH}/${encodeURIComponent(id ?? '')}`}>
          {moment(texts.locale, new Date(entry.occurredAt))}
        </a>,
        eventName(entry.event, texts),
        partyName(entry.account, texts),
        partyName(entry.actor, texts),
        entry.method !== null && methodName(texts, entry.method),
        entry.errorCode,
      ])}
    />
  );
}

export function AuditEntryPage({ texts, entry }: { readonly texts: Texts; readonly entry: AuditEventDto }) {
  const { audit, reason } = texts.backOffice;
  const { columns } = audit;
  return (
    <>
      <h1>{audit.one}</h1>
      <section class="card">
        <Facts
          facts={[
            [columns.occurredAt, moment(texts.locale, new Date(entry.occurredAt))],
            [columns.event, `${eventName(entry.event, texts)} (${entry.event})`],
            [columns.account, partyName(entry.account, texts)],
            [columns.actor, partyName(entry.actor, texts)],
            [columns.actsFor, entry.actsFor && partyName(entry.actsFor, texts)],
            [columns.method, entry.method !== null && methodName(texts, entry.method)],
            [columns.errorCode, entry.errorCode],
            [reason, entry.reason],
            [columns.sessionId, entry.sessionId],
            [columns.requestId, entry.requestId],
            [columns.clientAddress, entry.clientAddress],
            [columns.sequence, entry.sequence],
            [columns.details, entry.details && <pre class="details">{JSON.stringify(entry.details, null, 2)}</pre>],
          ]}
        />
      </section>
      <p>
        <a href={PATH}>{audit.back}</a>
      </p>
    </>
  );
}

function eventName(event: string, { backOffice }: Texts): string {
  const { events } = backOffice.audit;
  return Object.hasOwn(events, event) ? events[event as AuditEvent] : event;
}

/** Whoever is not there any more has an id alone. */
function partyName({ kind, name, email, customerReference, userUuid }: AuditPartyDto, { backOffice }: Texts): string {
  const { kinds } = backOffice.audit;
  const id = customerReference ?? userUuid;
  const known = [name, email && `<${email}>`, customerReference && `(${customerReference})`].filter(Boolean).join(' ');
  return `${kinds[kind] ?? kind}: ${known || (id ?? backOffice.none)}`;
}

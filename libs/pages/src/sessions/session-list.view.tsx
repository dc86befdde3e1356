import type { OwnSession } from '#auth';
import { browserOf } from '#look';
import type { SessionContext } from '../session/page-context.js';
import type { Texts } from '../texts/en/index.js';
import { moment } from '../texts/format.js';
import { Note } from '../views/form.js';

interface SessionListProps {
  readonly context: SessionContext;
  readonly sessions: readonly OwnSession[];
  readonly isEnded: boolean;
  readonly areOthersEnded: boolean;
}

export function SessionList({ context, sessions, isEnded, areOthersEnded }: SessionListProps) {
  const { texts, area, session } = context;
  const words = texts.sessions;
  const { sessionId } = session.principal;
  return (
    <>
      <h1>{words.title}</h1>
      {isEnded && <Note kind="good">{words.ended}</Note>}
      {areOthersEnded && <Note kind="good">{words.othersEnded}</Note>}
      <p>{words.intro}</p>
      <div class="table" tabIndex={0} role="region" aria-label={words.caption}>
        <table>
          <thead>
            <tr>
              {[words.device, words.address, words.opened, words.used, words.end].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sessions.map((one) => (
              <Row key={one.id} texts={texts} one={one} isThis={one.id === sessionId} path={`${area.base}/sessions`} />
            ))}
          </tbody>
        </table>
      </div>
      {sessions.some(({ id }) => id !== sessionId) && (
        <form method="post" action={`${area.base}/sessions/end-others`}>
          <button class="danger">{words.endOthers}</button>
        </form>
      )}
    </>
  );
}

interface RowProps {
  readonly texts: Texts;
  readonly one: OwnSession;
  /** The session of the page itself. */
  readonly isThis: boolean;
  readonly path: string;
}

function Row({ texts, one, isThis, path }: RowProps) {
  const words = texts.sessions;
  const device = deviceOf(one, texts);
  const opened = moment(texts.locale, one.openedAt);
  return (
    <tr>
      <th scope="row">
        {device}
        {[one.isOfPages ? words.pages : words.tokens, ...remarksOn(one, texts)].map((line) => (
          <p key={line} class="hint">
            {line}
          </p>
        ))}
      </th>
      <td>{one.clientAddress}</td>
      <td>{opened}</td>
      <td>{moment(texts.locale, one.lastUsedAt)}</td>
      <td>
        {isThis ? (
          <span class="status on">{words.this}</span>
        ) : (
          <form method="post" action={`${path}/end`}>
            <input type="hidden" name="session" value={one.id} />
            <button class="quiet" aria-label={words.endOne(device, opened)}>
              {words.end}
            </button>
          </form>
        )}
      </td>
    </tr>
  );
}

/** What the browser calls itself is text of a stranger: the page shows names that it knows. */
function deviceOf({ isOfAgent, userAgent }: OwnSession, { sessions }: Texts): string {
  if (isOfAgent) return sessions.ofAgent;
  const { browser, system } = browserOf(userAgent ?? '') ?? {};
  if (browser === undefined) return sessions.unknownDevice;
  return system === undefined ? browser : sessions.on(browser, system);
}

function remarksOn(one: OwnSession, { sessions }: Texts): readonly string[] {
  return [
    ...(one.isForCustomer ? [sessions.forCustomer] : []),
    ...(one.isForWarehouse ? [sessions.forWarehouse] : []),
    ...(one.awaitsSecondStep ? [sessions.awaits] : []),
  ];
}

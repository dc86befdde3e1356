import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer, recordStatements } from '#testing';
import { parseAuditEventList } from '../src/audit-events/audit-event-list.js';
import { AuditExportService } from '../src/audit-events/audit-export.service.js';
import { BackOffice, type ProtectedSession } from './back-office.js';

/** The cells of a CSV file, line by line (RFC 4180). */
function cellsOf(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    lines.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end === '\r\n') lines.push([]);
  }
  return lines.slice(0, -1);
}

async function textsOf(lines: AsyncIterable<string>): Promise<string[]> {
  const texts: string[] = [];
  for await (const text of lines) texts.push(text);
  return texts;
}

describe('The export of the audit trail as CSV', () => {
  let office: BackOffice;
  let admin: ProtectedSession;

  beforeAll(async () => {
    office = await BackOffice.open();
    admin = await office.administrator({ firstName: 'Jörg', lastName: '=cmd' });
  });
  afterAll(() => office.app.stop());

  const exporting = (filter: Record<string, string> = {}): AsyncGenerator<string> => {
    const query = Object.entries(filter).map(([name, value]) => [`filter[audit-events.${name}]`, value]);
    return office.app.get(AuditExportService).lines(parseAuditEventList(Object.fromEntries(query)));
  };
  const exported = async (filter?: Record<string, string>): Promise<Record<string, string>[]> => {
    const [header, ...lines] = cellsOf((await textsOf(exporting(filter))).join(''));
    return lines.map((cells) => Object.fromEntries(header!.map((name, index) => [name, cells[index]!])));
  };
  const listed = async (query = ''): Promise<string[]> => {
    const { json } = await office.app.api.get(`/audit-events?page[limit]=100${query}`, { token: admin.token });
    return json.data.map(({ id }: { id: string }) => id);
  };
  /** Entries of many accounts, many of the same time, which has microseconds. */
  const insert = (count: number, event: string): Promise<unknown> =>
    office.app.dataSource.query(
      `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id)
       SELECT 'customer', 'many-' || n % 50, $2, timestamptz '2026-01-01' + (n / 7) * interval '333 microseconds', 'operator', 'ops'
       FROM generate_series(1, $1::int) n`,
      [count, event],
    );

  it('has the entries of the list in its order, with who they are about and who acted', async () => {
    const entries = await exported();
    expect(entries.map(({ id }) => id)).toEqual(await listed());
    const { user } = admin;
    expect(entries.at(-1)).toEqual({
      id: `user-${user.id}-1`,
      occurredAt: office.app.clock.now().toISOString(),
      event: 'activation-begun',
      accountKind: 'user',
      accountId: user.uuid,
      accountName: 'Jörg =cmd',
      accountEmail: user.username,
      actorKind: 'user',
      actorId: user.uuid,
      actorName: 'Jörg =cmd',
      actorEmail: user.username,
      ...{ actsForKind: '', actsForId: '', actsForName: '', actsForEmail: '' },
      method: 'email',
      errorCode: '',
      reason: '',
      sessionId: expect.stringMatching(/^[\da-f-]{36}$/),
      requestId: expect.stringMatching(/./),
      clientAddress: '127.0.0.1',
      details: '',
    });
  });

  it('brings what people typed so that no spreadsheet runs it', async () => {
    const ada = await createCustomer(office.app.dataSource, { firstName: '=HYPERLINK("x")', lastName: 'A,\n"B"' });
    await office.app.dataSource.query(
      `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id, reason, details)
       VALUES ('customer', $1, 'unlocked', now(), 'operator', '-ops', '@SUM(A1)', '{"a": ["=1"]}')`,
      [ada.id],
    );
    expect(await exported({ customerReference: ada.customerReference })).toMatchObject([
      {
        accountId: ada.customerReference,
        accountName: `'=HYPERLINK("x") A,\n"B"`,
        actorName: `'-ops`,
        reason: `'@SUM(A1)`,
        details: '{"a":["=1"]}',
      },
    ]);
  });

  it('takes the filters of the list, and is its header alone where nothing can match', async () => {
    const filter = { userUuid: admin.user.uuid, event: 'activated' };
    expect((await exported(filter)).map(({ event }) => event)).toEqual(['activated']);
    const header = await textsOf(exporting({ event: 'nonsense' }));
    expect(header).toEqual([expect.stringMatching(/^id,occurredAt,event,.*,details\r\n$/)]);
    for (const none of [{ userUuid: 'nobody' }, { event: 'a\0b' }] as Record<string, string>[])
      expect(await textsOf(exporting(none))).toEqual(header);
  });

  it('has each entry once, over many pages and among entries of the same moment', async () => {
    await insert(4500, 'imported');
    const ids = (await exported({ event: 'imported' })).map(({ id }) => id);
    const stored = await office.app.dataSource.query<{ id: string }[]>(
      `SELECT 'customer-' || account_id || '-' || sequence AS id FROM mfa_audit_event WHERE event = 'imported'
       ORDER BY occurred_at DESC, account_kind DESC, account_id DESC, sequence DESC`,
    );
    expect(ids).toEqual(stored.map(({ id }) => id));
  });

  it('has each entry of one account, in the order of its chain', async () => {
    await office.app.dataSource.query(
      `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id)
       SELECT 'user', $1, 'accepted', $2::timestamptz - n * interval '1 second', 'operator', 'ops'
       FROM generate_series(1, 2100) n`,
      [admin.user.id, office.app.clock.now()],
    );
    const sequences: number[] = [];
    const statements = await recordStatements(async () => {
      for (const { id } of await exported({ userUuid: admin.user.uuid })) sequences.push(Number(id!.split('-').at(-1)));
    });
    expect(sequences).toEqual(sequences.map((_, index) => sequences.length - index));
    expect(sequences.length).toBeGreaterThan(2100);
    // the account, three pages of entries with their users, and the end
    expect(statements).toHaveLength(1 + 3 * 2 + 1);
  });

  it('holds no connection between two pages, and leaves out what is added meanwhile', async () => {
    await insert(2500, 'renewed');
    const lines = exporting({ event: 'renewed' });
    let entries = 0;
    await lines.next();
    for await (const text of lines) {
      entries += cellsOf(text).length;
      const [{ held }] = await office.app.dataSource.query(
        `SELECT count(*)::int AS held FROM pg_stat_activity
         WHERE datname = current_database() AND state LIKE 'idle in transaction%' AND pid <> pg_backend_pid()`,
      );
      expect(held).toBe(0);
      await office.app.dataSource.query(
        `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id)
         VALUES ('customer', 'late', 'renewed', now() + interval '1 hour', 'operator', 'ops')`,
      );
    }
    expect(entries).toBe(2500);
  });
});

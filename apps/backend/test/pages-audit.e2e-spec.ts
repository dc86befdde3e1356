import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer } from '#testing';
import { BackOfficePages, problemsIn, type Reader } from './back-office-pages.js';

const PATH = '/back-office/audit';

describe('The pages of the audit trail', () => {
  let pages: BackOfficePages;
  let admin: Reader;

  beforeAll(async () => {
    pages = await BackOfficePages.open();
    admin = await pages.protectedReader();
  });
  afterAll(() => pages.app.stop());

  const rowsOf = (text: string): string[] =>
    [...text.matchAll(/<a href="\/back-office\/audit\/([^"?]+)">/g)].map(([, id]) => id!);
  /** The lines of an export without its header. */
  const exported = async (query: string): Promise<string[]> => {
    const { text } = await admin.client.get(`${PATH}/export?${query}`);
    return text.split('\r\n').slice(1, -1);
  };

  it('show entries with their account and who did it, and lead to each of them', async () => {
    const { text } = await admin.client.get(`${PATH}?userUuid=${admin.user.uuid}&event=activated`);
    const [id] = rowsOf(text);
    expect(rowsOf(text)).toHaveLength(1);
    expect(text).toContain(`User: Ben ${admin.user.lastName} &lt;${admin.user.username}>`);
    const entry = await admin.client.get(`${PATH}/${id}`);
    expect([entry.status, entry.heading, entry.text.includes('Turned on (activated)')]).toEqual([
      200,
      'Entry of the audit trail',
      true,
    ]);
    expect((await admin.client.get(`${PATH}/user-1-999999`)).status).toBe(404);
  });

  it('find by every filter what the API finds', async () => {
    const other = await pages.protectedReader('back-office');
    const found = async (query: Record<string, string>): Promise<number> =>
      rowsOf((await admin.client.get(`${PATH}?${new URLSearchParams(query).toString()}`)).text).length;
    const userUuid = other.user.uuid;
    const all = await found({ userUuid });
    const tomorrow = new Date(pages.app.clock.now().getTime() + 86_400_000).toISOString().slice(0, 16);
    expect(all).toBeGreaterThan(1);
    expect(await found({ userUuid, actorUserUuid: userUuid })).toBe(all);
    expect(await found({ userUuid, actorUserUuid: admin.user.uuid })).toBe(0);
    expect(await found({ userUuid, method: 'email', event: 'code-sent' })).toBe(1);
    expect(await found({ userUuid, clientAddress: '127.0.0.1' })).toBe(all);
    expect(await found({ userUuid, occurredUntil: tomorrow })).toBe(all);
    expect(await found({ userUuid, occurredFrom: tomorrow })).toBe(0);
    expect(await found({ userUuid, errorCode: '5901' })).toBe(0);
    expect(await found({ customerReference: 'DE--nobody' })).toBe(0);
  });

  it.each([
    ['occurredFrom', 'yesterday'],
    ['occurredUntil', '2026-02-30T10:00'],
    ['clientAddress', 'here'],
  ])('say that a filter cannot be read: %s', async (name, value) => {
    const answer = await admin.client.get(`${PATH}?${name}=${value}`);
    expect([answer.status, answer.heading, problemsIn(answer)]).toEqual([
      400,
      'Audit trail',
      ['One of the filters cannot be read: look at the times and the client address.'],
    ]);
    expect(answer.text).toContain(`value="${value}"`);
    expect((await admin.client.get(`${PATH}/export?${name}=${value}`)).status).toBe(400);
  });

  it('export as CSV what the same filters find, on all pages of the list', async () => {
    const { id, customerReference } = await createCustomer(pages.app.dataSource);
    await pages.app.dataSource.query(
      `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id, reason)
       SELECT 'customer', $1, 'removed', now(), 'operator', 'ops', '=cmd()' FROM generate_series(1, 45)`,
      [id],
    );
    const query = `customerReference=${customerReference}&event=removed`;
    const list = await admin.client.get(`${PATH}?${query}`);
    expect(list.text).toContain('1 to 20 of 45');
    expect(list.text).toContain(`href="${PATH}/export?event=removed&amp;customerReference=${customerReference}"`);
    const lines = await exported(query);
    expect(lines).toHaveLength(45);
    expect(lines[0]).toContain(`,'=cmd(),`);
    expect(await exported('customerReference=DE--nobody')).toEqual([]);
  });

  it('send the file as one to keep, and never from a cache', async () => {
    const { headers } = await admin.client.get(`${PATH}/export?event=archived`);
    const day = pages.app.clock.now().toISOString().slice(0, 10);
    expect(['content-type', 'content-disposition', 'cache-control'].map((name) => headers.get(name))).toEqual([
      'text/csv; charset=utf-8',
      `attachment; filename="audit-trail-${day}.csv"`,
      'no-store',
    ]);
  });
});

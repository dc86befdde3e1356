import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer, type TestApp } from '#testing';
import { activateAt, startShop } from '../../test/protected-shop.js';
import { runCli, type Run } from '../../test/run-cli.js';

let shop: TestApp;
let folder: string;
let file: string;
const references: string[] = [];

beforeAll(async () => {
  shop = await startShop();
  folder = await mkdtemp(join(tmpdir(), 'sallyport-audit-'));
  file = join(folder, 'audit.jsonl');
  for (let n = 0; n < 2; n += 1) {
    const { email, customerReference } = await createCustomer(shop.dataSource);
    await activateAt(shop, email);
    references.push(customerReference);
    shop.clock.advance(3600);
  }
});

afterAll(async () => {
  await shop.stop();
  await rm(folder, { recursive: true });
});

const run = (...options: string[]): Promise<Run> => runCli(shop.settings, 'audit', 'export', ...options);
const exported = async (...options: string[]): Promise<any[]> => {
  expect((await run(file, ...options)).exitCode).toBe(0);
  const text = await readFile(file, 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
};

describe('The export of the audit trail', () => {
  it('has a line for each entry, the oldest first, with all there is of it', async () => {
    const lines = await exported();
    expect(lines.map(({ event }) => event)).toEqual([
      ...['activation-begun', 'code-sent', 'activated'],
      ...['activation-begun', 'code-sent', 'activated'],
    ]);
    const stored = await shop.dataSource.query(`SELECT * FROM mfa_audit_event ORDER BY occurred_at, sequence`);
    expect(lines.map((line) => [line.accountId, line.sequence, line.sessionId, line.hash])).toEqual(
      stored.map((row: any) => [row.account_id, Number(row.sequence), row.session_id, row.hash.toString('hex')]),
    );
    expect(lines[0]).toMatchObject({
      accountKind: 'customer',
      actorKind: 'customer',
      reason: null,
      clientAddress: '127.0.0.1',
    });
    expect(lines[0].occurredAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(new Date(lines[0].occurredAt)).toEqual(stored[0].occurred_at);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('has the entries of a time alone, the first moment included and the last one not', async () => {
    const moments = (await exported()).map(({ occurredAt }) => new Date(occurredAt).toISOString());
    const later = moments.at(-1)!;
    expect(await exported('--since', later)).toHaveLength(3);
    expect(await exported('--until', later)).toHaveLength(3);
    expect(await exported('--since', moments[0]!, '--until', later)).toHaveLength(3);
    expect(await exported('--since', '2200-01-01')).toEqual([]);
  });

  it('has the entries about one account alone', async () => {
    const lines = await exported('--account', `customer:${references[1]}`);
    expect(new Set(lines.map(({ accountId }) => accountId)).size).toBe(1);
    expect(lines).toHaveLength(3);
  });

  it('goes to standard output, and its counts elsewhere', async () => {
    const { exitCode, err } = await run('-');
    expect([exitCode, err]).toEqual([0, expect.stringContaining('Entries that were exported: 6\n')]);
  });

  it.each([
    [['--since', 'yesterday'], '--since must be a day or moment such as 2026-11-01 or 2026-11-01T12:00:00Z.'],
    [['--until', '2026-02-30'], '--until must be a day or moment such as 2026-11-01 or 2026-11-01T12:00:00Z.'],
    [['--since', '2026-11-02', '--until', '2026-11-01'], '--until must be later than --since.'],
    [['--account', 'DE--1'], '--account must be such as customer:DE--21 or user:anna@shop.example.'],
    [['--account', "customer:no'body"], "There is no customer no'body."],
  ])('refuses %j in one line', async (options, text) => {
    expect(await run(join(folder, 'never'), ...options)).toMatchObject({ exitCode: 1, err: `ProgramError: ${text}` });
  });
});

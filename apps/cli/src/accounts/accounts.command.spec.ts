import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCustomer, createUser, mailedCode, type TestApp, wrongCode } from '#testing';
import { activateAt, loginAt, orderAt, startShop } from '../../test/protected-shop.js';
import { type Run, runCli } from '../../test/run-cli.js';
import { type ImportSource, openSource } from '../lines/line-files.js';
import { withMfaAt } from '../mfa/operators-mfa.js';
import { importAccounts } from './import-accounts.js';

type Line = Record<string, any>;

let source: TestApp;
let target: TestApp;
let folder: string;
let file: string;

beforeAll(async () => {
  [source, target] = await Promise.all([startShop(), startShop()]);
});

afterAll(() => Promise.all([source.stop(), target.stop()]));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-accounts-'));
  file = join(folder, 'accounts.ndjson');
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  for (const { dataSource } of [source, target]) {
    await dataSource.query('TRUNCATE customer, user_account, mfa_account RESTART IDENTITY CASCADE');
  }
});

const exported = (): Promise<Run> => runCli(source.settings, 'accounts', 'export', file);
const imported = (...options: string[]): Promise<Run> =>
  runCli(target.settings, 'accounts', 'import', file, ...options);
const lines = (): Line[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
const write = (all: readonly object[]): void =>
  writeFileSync(file, all.map((line) => `${JSON.stringify(line)}\n`).join(''));

/** What the target has of accounts, but for its audit trail, which is never emptied. */
const stored = (): Promise<unknown[]> =>
  Promise.all(
    ['customer', 'company_user', 'user_account', 'mfa_account', 'mfa_factor'].map((table) =>
      target.dataSource.query(`SELECT count(*)::int AS count FROM ${table}`),
    ),
  ).then((counts) => counts.map(([row]: any) => row.count));

async function refusal(...options: string[]): Promise<string[]> {
  const before = await stored();
  const { exitCode, err } = await imported(...options);
  expect(exitCode).toBe(1);
  expect(await stored()).toEqual(before);
  const [heading, ...problems] = err.slice(err.indexOf('ProgramError')).split('\n');
  expect(heading).toBe(`ProgramError: Nothing was imported from ${file}:`);
  return problems;
}

const CUSTOMER = {
  ...{ kind: 'customer', customerReference: 'DE--1', email: 'ada@shop.example' },
  passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$3uKe/0mojcZVQEW/jcXX6Q$UMWwO0IX+jXfZHEZ7aYvKEFeHM9rnFm5JxCcWVf9aa8',
  ...{ salutation: 'Ms', firstName: 'Ada', lastName: 'Kessler', gender: null, dateOfBirth: null, locale: 'en_US' },
  ...{ confirmed: true, createdAt: '2030-01-31T12:00:00.123456+00:00', updatedAt: '2030-01-31T12:00:00+00:00' },
  ...{ companyUsers: [] as object[], mfa: null as object | null },
};
const { passwordHash, firstName, lastName, locale, createdAt, updatedAt } = CUSTOMER;
const USER = {
  ...{ kind: 'user', uuid: '7b0f4c1e-0d5a-4f0e-9a53-0a4f5f0f5b11', username: 'ben@shop.example', passwordHash },
  ...{ firstName, lastName, roles: ['agent'], isWarehouseUser: false, locale, status: 'active', createdAt, updatedAt },
  mfa: null,
};
const MFA = {
  ...{ failureCount: 2, lockedUntil: null, sendsUntil: null },
  methods: [{ method: 'email', status: 2, activatedAt: createdAt }],
};
const customer = (overrides: object = {}) => ({ ...CUSTOMER, ...overrides });
const numbered = (number: number, overrides: object = {}) =>
  customer({ customerReference: `DE--${number}`, email: `c${number}@shop.example`, ...overrides });

describe('Moving accounts to another installation', () => {
  it('keeps the password and the second factor of a person, under another id', async () => {
    const { email } = await createCustomer(source.dataSource);
    await activateAt(source, email);
    await createCustomer(target.dataSource);
    expect((await exported()).err).toContain('Accounts that were exported: 1\n');
    expect((await imported()).err).toContain('Accounts that were imported: 1\n');
    const token = await loginAt(target, email);
    expect(await orderAt(target, token)).toBe('403 5900');
    await target.api.post('/multi-factor-auth-trigger', { type: 'email' }, { token });
    const code = mailedCode(target.mailbox, email);
    expect(await orderAt(target, token, wrongCode(code))).toBe('403 5901');
    expect(await orderAt(target, token, code)).toBe('201');
  });

  it('keeps misses and a lock', async () => {
    const { email } = await createCustomer(source.dataSource);
    const token = await activateAt(source, email);
    for (let miss = 0; miss < 10; miss += 1) await orderAt(source, token, 'none');
    await exported();
    await imported();
    expect(await orderAt(target, await loginAt(target, email), '123456')).toBe('429 5911');
  });

  it('carries all there is of an account, and nothing of anonymised customers', async () => {
    const { id } = await createCustomer(source.dataSource, {
      ...{ email: "o'zoe@x.example", firstName: 'Zoë "\\n" \u0001\u2028🚢', gender: 'Female' },
      dateOfBirth: '1980-02-29',
    });
    await source.dataSource.query(
      `INSERT INTO company_user VALUES (gen_random_uuid(), $1, 'Harbor', true, true), (gen_random_uuid(), $1, 'Dock', false, false)`,
      [id],
    );
    await createCustomer(source.dataSource, { anonymizedAt: new Date(), email: 'anonymised:7' });
    await createUser(source.dataSource, { roles: ['agent', 'warehouse'], isWarehouseUser: true, status: 'inactive' });
    await exported();
    const before = readFileSync(file, 'utf8');
    expect(lines().map(({ kind }) => kind)).toEqual(['customer', 'user']);
    await imported();
    await runCli(target.settings, 'accounts', 'export', file);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('writes an entry into the audit trail of each account with second factors', async () => {
    write([numbered(1, { mfa: MFA }), numbered(2), { ...USER, mfa: MFA }]);
    await imported();
    const entries = await target.dataSource.query(
      `SELECT account_kind, event, actor_kind, actor_id, details FROM mfa_audit_event
       WHERE event = 'imported' AND details ->> 'methods' LIKE '%2030-01-31%' ORDER BY account_kind`,
    );
    const common = { event: 'imported', actor_kind: 'operator', actor_id: userInfo().username };
    const details = { methods: MFA.methods };
    expect(entries).toEqual([
      { account_kind: 'customer', ...common, details },
      { account_kind: 'user', ...common, details },
    ]);
  });

  it('lets references continue behind those of the file', async () => {
    write([numbered(4711)]);
    await imported();
    const [{ next }] = await target.dataSource.query(
      `SELECT nextval(pg_get_serial_sequence('customer', 'id'))::int AS next`,
    );
    expect(next).toBeGreaterThan(4711);
  });

  it('lets the database take stock at once of what came', async () => {
    write([numbered(1, { mfa: MFA }), numbered(2)]);
    await imported();
    const known = await target.dataSource.query(
      `SELECT relname AS table, reltuples AS rows FROM pg_class WHERE relname IN ('customer', 'mfa_factor') ORDER BY 1`,
    );
    expect(known).toEqual([
      { table: 'customer', rows: 2 },
      { table: 'mfa_factor', rows: 1 },
    ]);
  });

  it('makes a file that its owner alone can read, and replaces one of the same name', async () => {
    writeFileSync(file, 'older');
    await createUser(source.dataSource);
    await exported();
    expect(lines()).toHaveLength(1);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['accounts.ndjson']);
  });

  it('does not put a file in the place of what is none', async () => {
    const { exitCode, err } = await runCli(source.settings, 'accounts', 'export', folder);
    expect([exitCode, err.includes(`${folder} is not a file.`)]).toEqual([1, true]);
  });
});

const COSTLY_HASH = `$argon2id$v=19$m=9999999,t=2,p=1$${'c'.repeat(22)}$${'h'.repeat(43)}`;

describe('A file of accounts', () => {
  it('is refused with the number of each wrong line and what is wrong, and nothing of it is stored', async () => {
    const { email: _email, ...withoutEmail } = numbered(3);
    const all: object[] = [
      numbered(1),
      numbered(2, { firstName: '', nickname: 'A' }),
      withoutEmail,
      { kind: 'guest' },
      [],
      numbered(6, { passwordHash: 'Secret-Pass-01!' }),
      numbered(7, { mfa: { ...MFA, methods: [{ method: 'pigeon', status: 2, activatedAt: null }] } }),
      numbered(8, { mfa: { ...MFA, methods: [...MFA.methods, ...MFA.methods] } }),
      numbered(9, { dateOfBirth: '1981-02-29', createdAt: '2030-01-31' }),
      numbered(10, { lastName: 'a\u0000' }),
      numbered(11, { companyUsers: [{ uuid: '1', companyName: 'H', isActive: true, isDefault: false }] }),
      numbered(12, { customerReference: 'DE--\ud800' }),
      numbered(13, { createdAt: '2030-01-31T12:00:00+23:59', updatedAt: '2030-01-31T12:00:00.0000001Z' }),
      numbered(14, { passwordHash: COSTLY_HASH }),
    ];
    write(all);
    expect(await refusal()).toEqual([
      'line 2: firstName: must be a name of 1 to 100 characters that can be stored',
      'line 2: nickname: is not a member of an account',
      'line 3: email: is missing',
      'line 4: kind: must be one of customer, user',
      'line 5: must be an object',
      'line 6: passwordHash: must be an argon2id hash such as $argon2id$v=19$m=19456,t=2,p=1$…$…',
      'line 7: mfa.methods[0].method: must be one of email, totp, recovery-code',
      'line 8: mfa.methods: must name each method once',
      'line 9: dateOfBirth: must be a date of birth such as 1980-01-31',
      'line 9: createdAt: must be a time such as 2030-01-31T12:00:00.000000+00:00',
      'line 10: lastName: must be a name of 1 to 100 characters that can be stored',
      'line 11: companyUsers[0].uuid: must be a uuid',
      'line 12: customerReference: holds a character that cannot be stored',
      'line 13: createdAt: must be a time such as 2030-01-31T12:00:00.000000+00:00',
      'line 13: updatedAt: must be a time such as 2030-01-31T12:00:00.000000+00:00',
      'line 14: passwordHash: must have costs of at most 1 GiB of memory, 64 passes and 16 lanes',
    ]);
  });

  it('is refused for what the APIs refuse: nobody could log in by it, or change it', async () => {
    const long = `${'a'.repeat(60)}@${'b'.repeat(50)}.example`;
    const addresses = ['a@x.example,b@x.example', 'a@b@c', '<x>@y', 'a@b', '"a b"@x.example', 'ä@x.example', long];
    const wrong = addresses.flatMap((one) => [customer({ email: one }), { ...USER, username: one }]);
    const tomorrow = new Date(Date.now() + 2 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const dates = [tomorrow, '1800-01-01', ''].map((dateOfBirth) => customer({ dateOfBirth }));
    write([...wrong, ...dates]);
    expect(await refusal()).toEqual([
      ...wrong.map((one, index) => {
        const member = 'username' in one ? 'username' : 'email';
        return `line ${index + 1}: ${member}: must be an e-mail address of at most 100 characters`;
      }),
      ...dates.map(
        (_, index) => `line ${wrong.length + index + 1}: dateOfBirth: must be a date of birth such as 1980-01-31`,
      ),
    ]);
    write([
      { ...USER, roles: [] },
      { ...USER, roles: ['agent', 'agent'] },
      { ...USER, locale: 'fr_FR' },
    ]);
    expect(await refusal()).toEqual([
      'line 1: roles: must be one role or more, each once',
      'line 2: roles: must be one role or more, each once',
      'line 3: locale: must be one of en_US, de_DE',
    ]);
  });

  it('is read no further than to its twentieth wrong line', async () => {
    write(Array.from({ length: 30 }, (_, index) => numbered(index, { email: '' })));
    const problems = await refusal();
    expect(problems).toHaveLength(21);
    expect(problems.at(-2)).toBe('line 20: email: must be an e-mail address of at most 100 characters');
    expect(problems.at(-1)).toBe('There may be more: only the first 20 wrong lines are told.');
  });

  it('is refused when it was cut off, or is not text', async () => {
    const [whole, cut] = [numbered(1), numbered(2)].map((one) => JSON.stringify(one));
    writeFileSync(file, `${whole}\n${cut!.slice(0, 50)}`);
    expect(await refusal()).toEqual(['line 2: is cut off: the file does not end with a line end']);
    writeFileSync(file, `${whole}\n${cut}`);
    expect(await refusal()).toEqual(['line 2: is cut off: the file does not end with a line end']);
    writeFileSync(file, Buffer.concat([Buffer.from(`${whole}\n`), Buffer.of(0x22, 0xff, 0x22, 0x0a)]));
    expect(await refusal()).toEqual(['line 2: is not UTF-8 text']);
    writeFileSync(file, `${whole}\n\n{"email": "secret@x.example" x}\n`);
    expect(await refusal()).toEqual(['line 2: is empty', 'line 3: is not JSON: see column 30']);
    writeFileSync(file, '');
    expect(await refusal()).toEqual(['line 1: is missing: the file is empty']);
    writeFileSync(file, 'x'.repeat(3_000_000));
    expect(await refusal()).toEqual(['line 1: is too long for an entry']);
  });

  it('is refused when accounts stand in it twice', async () => {
    const companyUsers = [{ uuid: USER.uuid, companyName: 'Harbor', isActive: true, isDefault: false }];
    write([
      numbered(1, { companyUsers }),
      numbered(2, { email: 'C1@shop.example' }),
      numbered(1, { email: 'c3@shop.example' }),
      numbered(4, { companyUsers }),
      USER,
      { ...USER, uuid: USER.uuid.toUpperCase(), username: 'BEN@shop.example' },
    ]);
    expect(await refusal()).toEqual([
      'line 2: email: is already taken (line 1)',
      'line 3: customerReference: is already taken (line 1)',
      'line 4: companyUsers: is already taken (line 1)',
      'line 6: uuid: is already taken (line 5)',
      'line 6: username: is already taken (line 5)',
    ]);
  });

  it('is refused when accounts of it exist', async () => {
    await createCustomer(target.dataSource, { customerReference: 'DE--1', email: 'C2@shop.example' });
    await createUser(target.dataSource, { uuid: USER.uuid });
    write([numbered(1), numbered(2), numbered(3), USER]);
    expect(await refusal()).toEqual([
      'line 1: customerReference: is already taken (in the database)',
      'line 2: email: is already taken (in the database)',
      'line 4: uuid: is already taken (in the database)',
    ]);
  });

  it('can be checked without storing anything', async () => {
    write([numbered(1, { mfa: MFA }), USER]);
    const before = await stored();
    const { exitCode, err } = await imported('--dry-run');
    expect([exitCode, err.includes('Accounts that could be imported: 2\n')]).toEqual([0, true]);
    expect(await stored()).toEqual(before);
    write([numbered(1), numbered(1)]);
    expect(await refusal('--dry-run')).toHaveLength(2);
  });

  it('may come with the line ends of another system, and with a byte order mark', async () => {
    writeFileSync(file, `\uFEFF${JSON.stringify(numbered(1))}\r\n${JSON.stringify(USER)}\r\n`);
    expect((await imported()).exitCode).toBe(0);
  });

  it('that does not exist is said to', async () => {
    expect(await imported()).toMatchObject({ exitCode: 1, err: `ProgramError: ${file} does not exist.` });
  });

  it('leaves nothing behind when the import is interrupted while it reads', async () => {
    write([numbered(1, { mfa: MFA }), USER]);
    const before = await stored();
    const controller = new AbortController();
    const { chunks, ...opened } = await openSource(file);
    async function* interrupting(): AsyncGenerator<Buffer> {
      yield* chunks;
      controller.abort(new Error('interrupted'));
    }
    const run = importFrom({ ...opened, chunks: interrupting() }, controller.signal);
    await expect(run).rejects.toThrow('interrupted');
    expect(await stored()).toEqual(before);
  });

  it('leaves nothing behind when the import is interrupted while it stores', async () => {
    write([numbered(1, { mfa: MFA }), USER]);
    const before = await stored();
    const controller = new AbortController();
    await target.dataSource.transaction(async (other) => {
      // customers are stored before users
      await other.query('LOCK TABLE user_account IN EXCLUSIVE MODE');
      const run = importFrom(await openSource(file), controller.signal);
      while (!(await isImportWaiting())) continue;
      controller.abort(new Error('interrupted'));
      await expect(run).rejects.toThrow('interrupted');
    });
    expect(await stored()).toEqual(before);
  });
});

const importFrom = (opened: ImportSource, signal: AbortSignal): Promise<unknown> => {
  const methods = { customer: ['email'], user: ['email'] };
  return withMfaAt(target.settings, target.databaseUrl, ({ accountCopies: copies }) => {
    const options = { source: opened, methods, copies, key: undefined, operator: 'tester', isDryRun: false, signal };
    return importAccounts(target.databaseUrl, options);
  });
};

async function isImportWaiting(): Promise<boolean> {
  const rows = await target.dataSource.query(
    `SELECT FROM pg_stat_activity WHERE application_name = 'sallyport-cli' AND wait_event_type = 'Lock'
     AND datname = current_database()`,
  );
  return rows.length > 0;
}

import { Readable } from 'node:stream';
import { verify } from '@node-rs/argon2';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, testSettings, type TestDatabase } from '#testing';
import { runCli, type Run } from '../../test/run-cli.js';

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
});

afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const PERSON = ['--first-name', 'Alma', '--last-name', 'Reuter'];

const create = (password: string, ...options: string[]): Promise<Run> =>
  createWith(Readable.from([password]), ...options);

async function createWith(stdin: Readable, ...options: string[]): Promise<Run> {
  const input = vi.spyOn(process, 'stdin', 'get').mockReturnValue(stdin as typeof process.stdin);
  const settings = testSettings({ databaseUrl: database.url, smtpUrl: '' });
  return runCli(settings, 'users', 'create-administrator', ...options).finally(() => input.mockRestore());
}

const users = (username: string) =>
  dataSource.query<Record<string, unknown>[]>('SELECT * FROM user_account WHERE username = $1', [username]);

describe('Creating an administrator', () => {
  it('stores an active user with the role, and the password of standard input as a hash', async () => {
    const options = ['--username', 'alma@users.example', ...PERSON, '--locale', 'de_DE', '--password-stdin'];
    const { exitCode, out } = await create('Gate-Test-01!\n', ...options);
    expect(exitCode).toBe(0);
    const [user] = await users('alma@users.example');
    expect(user).toMatchObject({
      ...{ first_name: 'Alma', last_name: 'Reuter', roles: ['administrator'], locale: 'de_DE', status: 'active' },
      is_warehouse_user: false,
    });
    expect(out).toBe(`The administrator alma@users.example was created (${String(user!['uuid'])}).\n`);
    expect(await verify(String(user!['password_hash']), 'Gate-Test-01!')).toBe(true);
  });

  it('refuses a username that is taken, in whatever case', async () => {
    const options = [...PERSON, '--password-stdin'];
    await create('Gate-Test-01!', '--username', 'bea@users.example', ...options);
    const { exitCode, err } = await create('Gate-Test-01!', '--username', 'BEA@users.example', ...options);
    expect([exitCode, err]).toEqual([1, 'ProgramError: The username BEA@users.example is taken.']);
    expect(await users('BEA@users.example')).toEqual([]);
  });

  it.each([
    ['Gate-1!', 'password => This value is too short. It should have 8 characters or more.'],
    ['Gaaate-Test-01!', 'The password contains sequence of the same character.'],
    ['Password1!', 'The password is listed as common.'],
  ])('refuses the password %j, as the API does, and does not repeat it', async (password, text) => {
    const { exitCode, err } = await create(password, '--username', 'x@users.example', ...PERSON, '--password-stdin');
    expect([exitCode, err.replace(/Your password must.*/, '')]).toEqual([1, `ProgramError: ${text}`]);
    expect(await users('x@users.example')).toEqual([]);
  });

  it('asks at a terminal only', async () => {
    const { err } = await create('Gate-Test-01!', '--username', 'x@users.example', ...PERSON);
    expect(err).toBe('ProgramError: There is no terminal to ask for the password: use --password-stdin.');
  });

  it('asks twice without showing what is typed, however fast, and leaves the terminal as it was', async () => {
    const modes: boolean[] = [];
    const terminal = (typed: string): Readable =>
      Object.assign(Readable.from([typed]), { isTTY: true, setRawMode: (isRaw: boolean) => modes.push(isRaw) });
    const options = ['--username', 'cleo@users.example', ...PERSON];
    const differing = await createWith(terminal('Gate-Test-01!\rGate-Test-02!\r'), ...options);
    expect(differing.err).toBe('Password: \nOnce more: \nProgramError: The two passwords differ.');
    const interrupted = await createWith(terminal('Gate-Test-01!\r\x03'), ...options);
    expect(interrupted.err).toBe('Password: \nOnce more: \nProgramError: No password was given.');
    const { exitCode, out, err } = await createWith(terminal('Gate-Test-01!\rGate-Test-01!\r'), ...options);
    expect([exitCode, err, out.includes('Gate')]).toEqual([0, 'Password: \nOnce more: \n', false]);
    expect(modes).toEqual([true, false, true, false, true, false]);
  });

  it('tells all options that are wrong before it asks for the password', async () => {
    const options = ['--username', 'alma', '--first-name', ' ', '--last-name', 'Reuter', '--locale', 'de'];
    expect((await create('', ...options)).err.split('\n')).toEqual([
      'ProgramError: --username must be an e-mail address of at most 100 characters',
      '--first-name must not be blank, nor hold control characters',
      '--locale must be a locale such as en_US',
    ]);
  });
});

import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { ADMINISTRATOR_ROLE, hashPassword, NewPassword, User, WEAKNESS_ERRORS, weaknessOf } from '#auth';
import { ApiException, validateAttributes } from '#json-api';
import { ProgramError, type Settings } from '#platform';
import { addCommand, addGroup, note, progress } from '../command-line.js';
import { withDatabase, withDataSource } from '../database.js';
import { emailAddress, locale, text } from '../loading/entry-rules.js';

const CREATE_ADMINISTRATOR = `
Creates an active user with the role administrator, who can log in at the backend at once.

The password is asked for at the terminal, twice and without showing it, or read from standard input; it must be as the
API wants it (PASSWORD_MIN_LENGTH). The user has no second factor yet: what is for administrators with one is refused
until they have set it up.
`;

interface Options extends AdministratorOptions {
  readonly passwordStdin?: true;
}

export function addUsersCommands(program: Command, settings: () => Settings): void {
  const users = addGroup(program, 'users', 'Users of the backend');
  addCommand(users, 'create-administrator', 'creates an administrator', CREATE_ADMINISTRATOR)
    .requiredOption('--username <address>', 'e-mail address; codes and notices go there')
    .requiredOption('--first-name <name>', 'first name')
    .requiredOption('--last-name <name>', 'last name')
    .option('--locale <locale>', 'language of mails, such as de_DE', 'en_US')
    .option('--password-stdin', 'read the password from standard input')
    .action((options: Options) => create(settings(), options));
}

async function create(settings: Settings, options: Options): Promise<void> {
  checkOptions(options);
  const password = options.passwordStdin ? await readPassword() : await promptPassword();
  await checkPassword(password, settings);
  const uuid = await withDatabase(settings, (url) =>
    withDataSource(url, 'sallyport-cli', (dataSource) => createAdministrator(dataSource, options, password)),
  );
  progress(`The administrator ${options.username} was created (${uuid}).`);
}

const schema = z.object({
  username: emailAddress,
  firstName: text(100),
  lastName: text(100),
  locale,
});

export type AdministratorOptions = z.infer<typeof schema>;

/** @throws ProgramError with a line for each option that is wrong */
function checkOptions(options: AdministratorOptions): void {
  const { error } = schema.safeParse(options);
  const lines = error?.issues.map(({ path, message }) => `--${dashed(String(path[0]))} ${message}`) ?? [];
  if (lines.length > 0) throw new ProgramError(lines.join('\n'));
}

/** @throws ProgramError when the password is not as the API takes it */
async function checkPassword(password: string, { passwordMinLength }: Settings): Promise<void> {
  class Choice {
    @NewPassword()
    password!: string;
  }
  try {
    await validateAttributes(Choice, { password }, { passwordMinLength, now: () => new Date() });
  } catch (error) {
    if (!(error instanceof ApiException)) throw error;
    throw new ProgramError(error.rows.map(({ detail }) => detail).join('\n'));
  }
  const weakness = weaknessOf(password);
  if (weakness) throw new ProgramError(WEAKNESS_ERRORS[weakness].detail);
}

/**
 * @returns the new user's uuid
 * @throws ProgramError when the username is taken
 */
async function createAdministrator(
  dataSource: DataSource,
  options: AdministratorOptions,
  password: string,
): Promise<string> {
  const { username, firstName, lastName, locale: language } = options;
  const user = { uuid: randomUUID(), username, firstName, lastName, locale: language, roles: [ADMINISTRATOR_ROLE] };
  const { raw } = await dataSource
    .createQueryBuilder()
    .insert()
    .into(User)
    .values({ ...user, passwordHash: await hashPassword(password) })
    .orIgnore()
    .returning('id')
    .execute();
  if ((raw as unknown[]).length === 0) throw new ProgramError(`The username ${username} is taken.`);
  return user.uuid;
}

function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/**
 * Asks for a new password, twice and without showing it.
 *
 * @throws ProgramError without a terminal, or when the two differ
 */
async function promptPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new ProgramError('There is no terminal to ask for the password: use --password-stdin.');
  }
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  // one prompt for both questions: between two prompts the terminal would show what is typed, and lines would get lost
  const prompt = createInterface({ input: process.stdin, output: silence, terminal: true, historySize: 0 });
  const lines = prompt[Symbol.asyncIterator]();
  try {
    const password = await ask('Password: ', lines);
    if ((await ask('Once more: ', lines)) !== password) throw new ProgramError('The two passwords differ.');
    return password;
  } finally {
    prompt.close();
  }
}

/** Standard input without its last line end. */
async function readPassword(): Promise<string> {
  return (await textOf(process.stdin)).replace(/\r?\n$/, '');
}

async function ask(question: string, lines: AsyncIterator<string>): Promise<string> {
  process.stderr.write(question);
  const { value, done } = await lines.next();
  note('');
  if (done) throw new ProgramError('No password was given.');
  return value;
}

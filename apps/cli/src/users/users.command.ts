import type { Command } from 'commander';
import type { Settings } from '#platform';
import { addCommand, addGroup } from '../command-line.js';
import { withDatabase, withDataSource } from '../database.js';
import { progress } from '../progress.js';
import { checkOptions, checkPassword, createAdministrator, type AdministratorOptions } from './create-administrator.js';
import { promptPassword, readPassword } from './password-input.js';

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
  await checkPassword(password, settings.passwordMinLength);
  const uuid = await withDatabase(settings, (url) =>
    withDataSource(url, 'sallyport-cli', (dataSource) => createAdministrator(dataSource, options, password)),
  );
  progress(`The administrator ${options.username} was created (${uuid}).`);
}

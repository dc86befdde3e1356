import type { Command } from 'commander';
import type { Settings } from '#platform';
import { addAccountsCommands } from './accounts/accounts.command.js';
import { addAuditArchive } from './audit/audit-archive.command.js';
import { addAuditExport } from './audit/audit-export.command.js';
import { addAuditVerify } from './audit/audit-verify.command.js';
import { addCatalogueCommands } from './catalogue/catalogue.command.js';
import { addGroup, newProgram } from './command-line.js';
import { addKeysCommands } from './keys/keys.command.js';
import { addCodesCommands, addMfaCommands } from './mfa/mfa.command.js';
import { addUsersCommands } from './users/users.command.js';

const DESCRIPTION = `
What operators do beside the APIs. All commands use the database of DATABASE_URL, or else the embedded one in DATA_DIR,
which is started if it does not run. A command that fails says why on standard error and ends with exit code 1.
`;

const FOOTER = `
Every command has a --help of its own, such as npm run cli -- accounts import --help.
To hand on what a command prints, call npm with -s, or it prints lines of its own:
  npm run -s cli -- accounts export - | gzip > accounts.gz`;

/** @param settings read when a command runs, so that help needs none */
export function operatorsProgram(settings: () => Settings): Command {
  const program = newProgram('npm run cli --', DESCRIPTION).addHelpText('after', FOOTER);
  addUsersCommands(program, settings);
  addMfaCommands(program, settings);
  addCodesCommands(program, settings);
  addKeysCommands(program, settings);
  addAccountsCommands(program, settings);
  addCatalogueCommands(program, settings);
  addAuditCommands(program, settings);
  return program;
}

function addAuditCommands(program: Command, settings: () => Settings): void {
  const audit = addGroup(program, 'audit', 'The audit trail');
  addAuditVerify(audit, settings);
  addAuditExport(audit, settings);
  addAuditArchive(audit, settings);
}

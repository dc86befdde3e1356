import '#node-version';
import { readSettings, runProgram } from '#platform';
import { newProgram, runCommandLine } from './command-line.js';
import { launch } from './launcher/launch.js';

const DESCRIPTION = `
Starts the storefront, the backend and what they need: an embedded PostgreSQL unless DATABASE_URL is set, and a local
mailbox unless SMTP_URL is set. Migrates the database and loads the demo data first. Ctrl-C stops everything.
`;

const SETTINGS = `
Settings (environment variables):
  STOREFRONT_PORT, BACKEND_PORT     ports of the apps (3000, 3001)
  MAILBOX_PORT, MAILBOX_SMTP_PORT   ports of the local mailbox: web page and SMTP (8025, 1025)
  HOST                              address that the apps and the mailbox's web page listen on (127.0.0.1)
  DATABASE_URL, SMTP_URL            use these instead of the embedded database and the local mailbox
  DEMO_DATA                         true, false or the path of a JSON file (true; false in production)
  DATA_DIR                          folder of the embedded database and the generated keys (.data)
  LOG_LEVEL                         log level of the apps (warn here)
docs/settings.md describes all settings.`;

const program = newProgram('npm start', DESCRIPTION)
  .addHelpText('after', SETTINGS)
  .action(async () => {
    await launch(readSettings(process.env));
    // does not wait for a step that was under way at the interruption
    process.exit(0);
  });

await runProgram(() => runCommandLine(program, process.argv.slice(2)));

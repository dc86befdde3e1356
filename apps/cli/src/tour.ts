import '#node-version';
import { InvalidArgumentError } from 'commander';
import { ProgramError, readSettings, runProgram } from '#platform';
import { newProgram, runCommandLine } from './command-line.js';
import { interruptible } from './terminal.js';
import { addressesOf, checkDemoShop } from './tour/addresses.js';
import { takeTour } from './tour/take-tour.js';

const DESCRIPTION = `
Runs the bash blocks of a document against the running apps, prints each command with its answer, and compares the
answers with those that the document promises. Ends with exit code 1, the line of the document and the difference
when an answer is not as promised. Needs bash and curl.

The tour makes customers, users and orders, so it is for the demo data alone. It can be taken again at once; when an
account was sent too many codes it waits.
`;

const EXAMPLES = `
Examples:
  npm run tour
  npm run tour -- README.md
  STOREFRONT_PORT=3400 BACKEND_PORT=3401 MAILBOX_PORT=8425 npm run tour`;

const program = newProgram('npm run tour --', DESCRIPTION)
  .argument('[document]', 'a Markdown document', 'docs/tour.md')
  .option('--storefront <url>', 'where the storefront is (http://HOST:STOREFRONT_PORT, or PUBLIC_URL_STOREFRONT)', url)
  .option('--backend <url>', 'where the backend is (http://HOST:BACKEND_PORT, or PUBLIC_URL_BACKEND)', url)
  .option('--mailbox <url>', "where the local mailbox's web page is (http://HOST:MAILBOX_PORT)", url)
  .addHelpText('after', EXAMPLES)
  .action(async (document: string, given: Record<string, string>) => {
    const settings = readSettings(process.env);
    if (settings.environment === 'production') {
      throw new ProgramError('The tour is for the demo data alone: it does not run with NODE_ENV=production.');
    }
    const addresses = { ...addressesOf(settings), ...given };
    await checkDemoShop(addresses);
    const { customer, user } = settings.mfa;
    const sendIntervalMs = Math.max(customer.sendIntervalSeconds, user.sendIntervalSeconds) * 1000;
    const variables = { API: addresses.storefront, BACKEND: addresses.backend, MAILBOX: addresses.mailbox };
    await interruptible((signal) => takeTour({ document, variables, programs: ['curl'], sendIntervalMs }, signal));
  });

function url(text: string): string {
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) {
    throw new InvalidArgumentError('It must be a URL that starts with http:// or https://.');
  }
  return text.replace(/\/+$/, '');
}

await runProgram(() => runCommandLine(program, process.argv.slice(2)));

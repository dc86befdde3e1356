import '#node-version';
import { InvalidArgumentError } from 'commander';
import { ProgramError, readSettings, runProgram, type Settings } from '#platform';
import { newProgram, runCommandLine, interruptible } from './command-line.js';
import { localUrl } from './launcher/apps.js';
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
  .option(
    '--storefront <url>',
    'where the storefront is (http://HOST:STOREFRONT_PORT, or PUBLIC_URL_STOREFRONT)',
    parseUrl,
  )
  .option('--backend <url>', 'where the backend is (http://HOST:BACKEND_PORT, or PUBLIC_URL_BACKEND)', parseUrl)
  .option('--mailbox <url>', "where the local mailbox's web page is (http://HOST:MAILBOX_PORT)", parseUrl)
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

function parseUrl(text: string): string {
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) {
    throw new InvalidArgumentError('It must be a URL that starts with http:// or https://.');
  }
  return text.replace(/\/+$/, '');
}

/** Base URLs, without a slash at the end. */
interface TourAddresses {
  readonly storefront: string;
  readonly backend: string;
  readonly mailbox: string;
}

const START_HINT = 'Start the apps with npm start.';
const MAILBOX_HINT = 'The tour reads mails in the local mailbox of npm start; --mailbox <url> says where that is.';
const TIMEOUT_MS = 30_000;

/** Where everything is that `npm start` starts with these settings. */
function addressesOf({ host, ports, publicUrls, mailbox }: Settings): TourAddresses {
  return {
    storefront: publicUrls.storefront?.replace(/\/+$/, '') ?? localUrl(host, ports.storefront),
    backend: publicUrls.backend?.replace(/\/+$/, '') ?? localUrl(host, ports.backend),
    mailbox: localUrl(host, mailbox.webPort),
  };
}

/**
 * Checks that both apps are ready, that they have the demo data, and that their mails are in the local mailbox: the tour
 * must not write into real data.
 *
 * @throws ProgramError when something is missing
 */
async function checkDemoShop({ storefront, backend, mailbox }: TourAddresses): Promise<void> {
  for (const url of [storefront, backend]) {
    const { status } = await request(`${url}/health/ready`, START_HINT);
    if (status !== 200) throw new ProgramError(`What answers at ${url} is not ready: GET /health/ready is ${status}.`);
  }
  const mails = await request(`${mailbox}/api/mails?limit=1`, MAILBOX_HINT);
  if (mails.status !== 200 || mails.headers.get('content-type') !== 'application/json') {
    throw new ProgramError(`What answers at ${mailbox} is not the local mailbox of npm start. ${MAILBOX_HINT}`);
  }
  await checkLogin(storefront, 'ada.kessler@harborsupply.example', 'Harbor-Demo-01!');
  await checkLogin(backend, 'admin@sallyport.example', 'Gate-Demo-01!');
}

async function checkLogin(url: string, username: string, password: string): Promise<void> {
  const body = new URLSearchParams({ grant_type: 'password', username, password });
  const { status, headers } = await request(`${url}/token`, START_HINT, { method: 'POST', body });
  if (status === 200) return;
  const seconds = headers.get('retry-after');
  if (seconds) throw new ProgramError(`Too many logins of ${username} failed. Take the tour again in ${seconds} s.`);
  throw new ProgramError(
    `${username} cannot log in at ${url} with the demo password ${password}: the tour is for the demo data alone. ` +
      'Set the password back, or begin anew with npm run reset.',
  );
}

/** @throws ProgramError with the hint when nothing answers */
async function request(url: string, hint: string, init: RequestInit = {}): Promise<Response> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.arrayBuffer();
    return response;
  } catch (error) {
    const problem =
      (error as Error).name === 'TimeoutError' ? `No answer within ${TIMEOUT_MS / 1000} s from` : 'Nothing answers at';
    throw new ProgramError(`${problem} ${new URL(url).origin}. ${hint}`);
  }
}

await runProgram(() => runCommandLine(program, process.argv.slice(2)));

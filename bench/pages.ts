import { hashPassword } from '#auth';
import { ProgramError, runProgram } from '#platform';
import { readCommandLine } from './command-line.js';
import { withDatabases } from './database.js';
import { connect } from './database.sql.js';
import { httpTimes } from './http-times.js';
import { ListApps } from './list-apps.js';
import { fillLists, LIST_ACCOUNTS } from './list-rows.sql.js';
import { percentile } from './median.js';
import { PageBrowser } from './page-browser.js';

const HELP = `
Usage: node dist/bench/pages.js [--seconds 3]

Asks the storefront over HTTP for pages of a customer, one after the other, so many seconds each, and weighs them. It fails if
the median time of a page is not below 30 ms, or if a page with its styles and scripts has 60 kB or more.

  --seconds <n>  seconds for each page, 1 to 60 (default: 3)
  --help         this text

Examples:
  npm run bench:pages
  npm run bench:pages -- --seconds 10

The database is on an embedded server in a temporary folder, or on the server of DATABASE_URL; it is gone afterwards.
`;

const AIM_MS = 30;
const AIM_BYTES = 60_000;
const WARM_UP_SECONDS = 1;
const ROWS = 1000;

await runProgram(async () => {
  const number = { name: 'seconds', fallback: 3, minimum: 1, maximum: 60 };
  const given = readCommandLine({ help: HELP, number, texts: [] });
  if (given) await withDatabases(async (newDatabase) => measure(await newDatabase('migrated'), given.number));
});

async function measure(databaseUrl: string, seconds: number): Promise<void> {
  const client = await connect(databaseUrl);
  await fillLists(client, ROWS, await hashPassword(LIST_ACCOUNTS.password), () => undefined);
  await client.end();
  const apps = await ListApps.start(databaseUrl);
  try {
    const faults = await timePages(apps.ports.storefront, seconds);
    if (faults.length > 0) throw new ProgramError(['FAIL', ...faults].join('\n'));
    console.log(`\nPASS: every median is below ${AIM_MS} ms, and no page has ${AIM_BYTES} bytes or more`);
  } finally {
    apps.stop();
  }
}

interface PageCase {
  readonly name: string;
  readonly browser: PageBrowser;
  readonly path: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly status: number;
}

/** @returns what is too slow or too heavy */
async function timePages(port: number, seconds: number): Promise<readonly string[]> {
  const faults: string[] = [];
  console.log(row('', ['median ms', 'p95 ms', 'page, bytes', 'with assets']));
  for (const { name, browser, path, fields, status } of await pageCases(`http://127.0.0.1:${port}`)) {
    const request = { name, port, text: browser.requestOf(path, fields), status };
    await httpTimes(request, 1, WARM_UP_SECONDS);
    const times = await httpTimes(request, 1, seconds);
    const [median, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
    const { page, assets } = await browser.weigh(path, fields, status);
    console.log(row(name, [median.toFixed(1), p95.toFixed(1), String(page), String(page + assets)]));
    if (median >= AIM_MS) faults.push(`${name}: a median of ${median.toFixed(1)} ms`);
    if (page + assets >= AIM_BYTES) faults.push(`${name}: ${page + assets} bytes`);
  }
  return faults;
}

/** The session without a grant was opened before MFA was on: its protected forms are asked for a code. */
async function pageCases(url: string): Promise<readonly PageCase[]> {
  const [granted, ungranted] = [await new PageBrowser(url).signIn(), await new PageBrowser(url).signIn()];
  await granted.turnOnApp();
  const { password } = LIST_ACCOUNTS;
  const change = { password, newPassword: `${password}?`, confirmPassword: `${password}?` };
  return [
    { name: 'sign-in', browser: new PageBrowser(url), path: '/account/sign-in', status: 200 },
    { name: 'overview', browser: granted, path: '/account', status: 200 },
    { name: 'methods', browser: granted, path: '/account/mfa', status: 200 },
    { name: 'step-up', browser: ungranted, path: '/account/password', fields: change, status: 403 },
  ];
}

function row(name: string, figures: readonly string[]): string {
  return name.padEnd(10) + figures.map((figure) => figure.padStart(13)).join('');
}

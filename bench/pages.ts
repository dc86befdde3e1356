import { hashPassword } from '#auth';
import { ProgramError, runProgram } from '#platform';
import { readCommandLine } from './command-line.js';
import { withDatabases } from './database.js';
import { connect } from './database.sql.js';
import { httpTimes } from './http-times.js';
import { ListApps } from './list-apps.js';
import { fillLists, LIST_ACCOUNTS } from './list-rows.sql.js';
import { percentile } from './median.js';
import { pageCases } from './page-cases.js';

const AIM_MS = 30;
const AIM_BYTES = 60_000;
const WARM_UP_SECONDS = 1;
const CUSTOMERS = 100_000;
const ENTRIES = 1_000_000;
/** Of all customers, of companies, and of roles. */
const POLICIES = 12;
const ENTRY_MS = 20_000;

const HELP = `
Usage: node dist/bench/pages.js [--seconds 3]

Asks both apps over HTTP for pages of customers, agents, the Back Office and merchants, one after the other, so many seconds
each, and weighs them. There are ${CUSTOMERS} customers, ${ENTRIES} entries of the audit trail, and ${POLICIES} policies. It
fails if the median time of a page is not below ${AIM_MS} ms, or if a page with its styles and scripts has ${AIM_BYTES} bytes
or more.

  --seconds <n>  seconds for each page, 1 to 60 (default: 3)
  --help         this text

Examples:
  npm run bench:pages
  npm run bench:pages -- --seconds 10

The database is on an embedded server in a temporary folder, or on the server of DATABASE_URL; it is gone afterwards.
`;

await runProgram(async () => {
  const number = { name: 'seconds', fallback: 3, minimum: 1, maximum: 60 };
  const given = readCommandLine({ help: HELP, number, texts: [] });
  if (given) await withDatabases(async (newDatabase) => measure(await newDatabase('migrated'), given.number));
});

async function measure(databaseUrl: string, seconds: number): Promise<void> {
  const client = await connect(databaseUrl);
  const protectedOnes = CUSTOMERS * 0.4;
  const filling = { customers: CUSTOMERS, companies: CUSTOMERS, methods: protectedOnes, orders: 0, policies: POLICIES };
  const trail = { 'audit entries': ENTRIES, trailBegins: new Date(Date.now() - ENTRIES * ENTRY_MS) };
  await fillLists(client, { ...filling, ...trail }, await hashPassword(LIST_ACCOUNTS.password), console.log);
  await client.end();
  const apps = await ListApps.start(databaseUrl);
  try {
    const faults = await timePages(apps.ports, seconds);
    if (faults.length > 0) throw new ProgramError(['FAIL', ...faults].join('\n'));
    console.log(`\nPASS: every median is below ${AIM_MS} ms, and no page has ${AIM_BYTES} bytes or more`);
  } finally {
    apps.stop();
  }
}

/** @returns what is too slow or too heavy */
async function timePages(ports: ListApps['ports'], seconds: number): Promise<readonly string[]> {
  const faults: string[] = [];
  console.log(row('', ['median ms', 'p95 ms', 'page, bytes', 'with assets']));
  for (const { name, browser, path, fields, status } of await pageCases(ports)) {
    const request = { name, port: browser.port, text: browser.requestOf(path, fields), status };
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

function row(name: string, figures: readonly string[]): string {
  return name.padEnd(22) + figures.map((figure) => figure.padStart(13)).join('');
}

import { customerSearch, hashPassword, withListedCustomers } from '#auth';
import { AuditTrailService } from '#mfa';
import { ProgramError, runProgram } from '#platform';
import { unprepared } from '#sql';
import type { Client } from 'pg';
import { readCommandLine } from './command-line.js';
import { connect } from './database.sql.js';
import { withDatabases } from './database.js';
import { httpTimes } from './http-times.js';
import { ListApps } from './list-apps.js';
import { listCases, NO_LIST, PLANNED_SEARCHES, plannedFilters, type ListCase } from './list-cases.js';
import { accessesOf, fillLists, LIST_ACCOUNTS, sampleEntry, type Sample } from './list-rows.sql.js';
import { percentile } from './median.js';
import { StatementRecorder } from './statement-recorder.js';

const HELP = `
Usage: node dist/bench/lists.js [--rows 1000000]

Fills customers, orders and the audit trail with so many rows each, and has one client and then 8 clients ask both apps
over HTTP for the first page of each list and search, a few seconds each. It shows what the statements read, by which index, and fails if
one reads more than 50000 rows, or if the median time of a list is above 50 ms, with either: on a machine that has nothing else to do.

  --rows <n>  10000 to 5000000 (default: 1000000, which takes about 15 minutes)
  --help      this text

Examples:
  npm run bench:lists
  npm run bench:lists -- --rows 100000

The database is on an embedded server in a temporary folder, or on the server of DATABASE_URL; it is gone afterwards.
`;

/** More rows than a page and its count, but far fewer than a table. */
const MOST_READ = 50_000;
const CLIENTS = [1, 8];
const SECONDS = 3;
const WARM_UP_SECONDS = 0.5;
const AIM_MS = 50;

await runProgram(async () => {
  const number = { name: 'rows', fallback: 1_000_000, minimum: 10_000, maximum: 5_000_000 };
  const given = readCommandLine({ help: HELP, number, texts: [] });
  if (given) await withDatabases(async (newDatabase) => measure(await newDatabase('migrated'), given.number));
});

async function measure(url: string, rows: number): Promise<void> {
  const client = await connect(url);
  try {
    const filling = { customers: rows, companies: 0, methods: 0, policies: 0, orders: rows, 'audit entries': rows };
    const trailBegins = new Date('2026-01-01T00:00:00Z');
    await fillLists(client, { ...filling, trailBegins }, await hashPassword(LIST_ACCOUNTS.password), console.log);
    const sample = await sampleEntry(client, rows);
    const faults = [...(await showAccesses(client, url, sample)), ...(await timeLists(url, sample))];
    if (faults.length > 0) throw new ProgramError(['FAIL', ...faults].join('\n'));
    console.log(`\nPASS: nothing reads more than ${MOST_READ} rows, and no median is above ${AIM_MS} ms`);
  } finally {
    await client.end();
  }
}

/**
 * Prints what each statement reads.
 *
 * @returns the statements that read too much
 */
async function showAccesses(client: Client, url: string, sample: Sample): Promise<readonly string[]> {
  console.log('\n=== what a first page and its count read');
  const faults: string[] = [];
  const show = async (name: string, text: string, values: unknown[]): Promise<void> => {
    const accesses = await accessesOf(client, text, values);
    console.log(`${name}\n${accesses.map(({ way, rows }) => `${String(rows).padStart(9)} ${way}`).join('\n')}`);
    // a bitmap index scan reads addresses, not rows
    if (accesses.some(({ way, rows }) => rows > MOST_READ && !way.startsWith('Bitmap Index')))
      faults.push(`${name} reads more than ${MOST_READ} rows`);
  };
  const recorder = await StatementRecorder.open(url);
  const trail = recorder.application.get(AuditTrailService);
  for (const filter of plannedFilters(sample)) {
    const statements = await recorder.during(() => trail.list(filter, { offset: 0, limit: 20 }));
    for (const { text, values } of statements) await show(`audit trail ${JSON.stringify(filter)}`, text, values);
  }
  await recorder.close();
  for (const text of PLANNED_SEARCHES) {
    const search = customerSearch(text, 'text');
    const searches = search ? [search] : [];
    const { text: sql } = unprepared(
      `${withListedCustomers([], searches)} SELECT total, ARRAY(SELECT id FROM listed ORDER BY id LIMIT 20) FROM counted`,
    );
    await show(
      `customers "${text}"`,
      sql,
      searches.map(({ value }) => value),
    );
  }
  return faults;
}

/**
 * Times each list, and before it an empty one, as a reference for the machine's present speed.
 *
 * @returns the lists that took too long
 */
async function timeLists(url: string, sample: Sample): Promise<readonly string[]> {
  const apps = await ListApps.start(url);
  const faults: string[] = [];
  try {
    for (const clients of CLIENTS) {
      console.log(`\n=== first pages over HTTP, clients: ${clients}`);
      console.log(row('', ['median ms', 'p95 ms', 'to no list']));
      for (const one of listCases(sample)) {
        const base = percentile(await load(apps, NO_LIST, clients, WARM_UP_SECONDS), 0.5);
        await load(apps, one, clients, WARM_UP_SECONDS);
        const times = await load(apps, one, clients, SECONDS);
        const [median, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
        const isAsked = clients === 1 || !one.isForOne;
        const verdict = median <= AIM_MS ? 'PASS' : isAsked ? 'FAIL' : 'above the aim';
        console.log(row(one.name, [median.toFixed(1), p95.toFixed(1), (median / base).toFixed(1)]), verdict);
        if (verdict === 'FAIL') faults.push(`${one.name}, ${clients} clients: a median of ${median.toFixed(1)} ms`);
      }
    }
  } finally {
    apps.stop();
  }
  return faults;
}

function row(name: string, figures: readonly string[]): string {
  return name.padEnd(38) + figures.map((figure) => figure.padStart(11)).join('');
}

function load(
  { ports, tokens }: ListApps,
  { name, app, path, as }: ListCase,
  clients: number,
  seconds: number,
): Promise<number[]> {
  const text = `GET ${path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${tokens[as]}\r\n\r\n`;
  return httpTimes({ name, port: ports[app], text, status: 200 }, clients, seconds);
}

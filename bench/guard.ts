import { resolve } from 'node:path';
import { runProgram } from '#platform';
import { readCommandLine } from './command-line.js';
import { withDatabases, type NewDatabase } from './database.js';
import { GUARD_CASES } from './guard-cases.js';
import { tellRates, tellRatios } from './guard-figures.js';
import { GuardLoad, measure } from './guard-load.js';
import { LoadGenerator } from './load.js';
import { BenchServer, checkBuiltCheckout, THIS_CHECKOUT } from './server.js';

const HELP = `
Usage: node dist/bench/guard.js [--seconds 5] [--beside <folder>]

Measures what the guard costs a request: the smallest application with unprotected routes and a protected one, under
load for so many seconds a case from another process on this machine. Only the ratios say something of other machines.

  --seconds <n>      seconds for each case, 1 to 60 (default: 5)
  --beside <folder>  another checkout of this repository, built (npm ci, npm run build), such as a former version: its
                     application is measured in the same run, case by case in turn with this one, on a database of its
                     own, and the ratio of both is told for each case
  --help             this text

The databases are on an embedded server in a temporary folder, or on the server of DATABASE_URL; they are gone
afterwards.
`;

await runProgram(async () => {
  const given = readCommandLine({
    help: HELP,
    number: { name: 'seconds', fallback: 5, minimum: 1, maximum: 60 },
    texts: ['beside'],
  });
  if (!given) return;
  const { beside } = given.texts;
  const folders = [THIS_CHECKOUT, ...(beside === undefined ? [] : [resolve(beside)])];
  for (const folder of folders) await checkBuiltCheckout(folder);
  await withDatabases((newDatabase) => compare(newDatabase, folders, given.number));
});

async function compare(newDatabase: NewDatabase, folders: readonly string[], seconds: number): Promise<void> {
  const generator = new LoadGenerator();
  const servers: BenchServer[] = [];
  try {
    for (const folder of folders) servers.push(await BenchServer.start(folder, await newDatabase('empty')));
    const loads = servers.map(({ port }) => new GuardLoad(generator, port));
    const [ours, others] = await measure(loads, GUARD_CASES, seconds);
    if (ours) tellRates('this checkout', ours);
    if (!ours || !others) return;
    tellRates(folders[1] ?? '', others);
    tellRatios(folders[1] ?? '', ours, others);
  } finally {
    generator.stop();
    for (const server of servers) server.stop();
  }
}

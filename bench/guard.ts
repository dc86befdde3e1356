import { runProgram } from '#platform';
import { createBenchApplication } from './application.js';
import { readNumberOption } from './command-line.js';
import { withDatabases } from './database.js';
import { FREE, GUARD_CASES, LOCKED, LOOKUP_ROUTE, WITH_CODE } from './guard-cases.js';
import { CONNECTIONS, GuardLoad, type Totals } from './guard-load.js';
import { LoadGenerator } from './load.js';
import { median } from './median.js';
import { SeededDatabase } from './seeded-database.js';

const HELP = `
Usage: node dist/bench/guard.js [--seconds 5]

Measures what the guard costs a request: the smallest application with unprotected routes and a protected one, under
load for so many seconds a case from another process on this machine. Only the ratios say something of other machines.

The database is an embedded one in a temporary folder, or one on the server of DATABASE_URL; it is gone afterwards.
`;

await runProgram(async () => {
  const seconds = readNumberOption({ help: HELP, name: 'seconds', fallback: 5, minimum: 1, maximum: 60 });
  if (seconds === undefined) return;
  await withDatabases(async (newDatabase) => {
    const url = await newDatabase();
    await seed(url);
    const app = await createBenchApplication(url);
    const generator = new LoadGenerator();
    try {
      await app.listen(0, '127.0.0.1');
      const port = Number(new URL(await app.getUrl()).port);
      tell(await new GuardLoad(generator, port).measure(GUARD_CASES, seconds));
    } finally {
      generator.stop();
      await app.close();
    }
  });
});

async function seed(url: string): Promise<void> {
  const database = await SeededDatabase.open(url);
  await database.growTo(LOCKED[1] - 1);
  await database.giveCodes(numbers(WITH_CODE));
  await database.accounts.lock(numbers(LOCKED));
  await database.accounts.analyze();
  await database.close();
}

function numbers([from, to]: readonly [number, number]): readonly string[] {
  return Array.from({ length: to - from }, (_, index) => String(from + index));
}

function tell(totals: Totals): void {
  const rateOf = (name: string): number => {
    const { milliseconds = [], seconds = 0 } = totals.get(name) ?? {};
    return milliseconds.length / seconds;
  };
  console.log(`\n${CONNECTIONS} connections; ratios of requests/s`);
  console.log(`${''.padEnd(26)} requests/s  to unprotected  to one SELECT  median ms`);
  for (const [name, { milliseconds }] of totals) {
    const rate = rateOf(name);
    const figures = [
      rate.toFixed(0).padStart(10),
      (rate / rateOf(FREE)).toFixed(2).padStart(14),
      (rate / rateOf(LOOKUP_ROUTE)).toFixed(2).padStart(14),
      median(milliseconds).toFixed(2).padStart(10),
    ];
    console.log(`${name.padEnd(26)} ${figures.join(' ')}`);
  }
}

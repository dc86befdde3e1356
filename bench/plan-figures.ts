import type { Size } from './accounts.sql.js';
import { LOOKUP } from './path-timing.js';
import { PreparedSession } from './prepared-session.js';
import type { RecordedStatement } from './statement-recorder.js';
import { Times, type Medians } from './times.js';

const EXECUTIONS = 200;

export function tellSizes(sizes: readonly Size[]): void {
  console.log('\n=== sizes');
  for (const { name, rows, table, indexes } of sizes) {
    console.log(`${name.padEnd(12)} ${String(rows).padStart(9)} rows, table ${table}, indexes ${indexes}`);
  }
}

/** Prints which plan PostgreSQL chooses by itself, and the times of both plans. */
export async function tellPlanChoice(url: string, statement: RecordedStatement): Promise<void> {
  const session = await PreparedSession.open(url);
  const times = new Times();
  for (let n = 0; n < EXECUTIONS; n += 1) await times.time('auto', () => session.run(statement));
  const { generic } = await session.plansUsed(statement);
  await session.usePlan('custom');
  for (let n = 0; n < EXECUTIONS; n += 1) await times.time('custom', () => session.run(statement));
  await session.close();
  const medians = times.medians();
  const ratio = (medians.get('custom') ?? Number.NaN) / (medians.get('auto') ?? Number.NaN);
  console.log('\n=== planning');
  console.log(`${statement.name}: PostgreSQL used the generic plan in ${generic} of ${EXECUTIONS} executions;`);
  console.log(`with a plan made for each execution they take ${ratio.toFixed(1)} times as long.`);
}

/** Prints each median as a multiple of the lookup's and of an earlier median of the same path. */
export function tellMedians(title: string, medians: Medians, earlier?: Medians): void {
  console.log(`\n=== median times: ${title}`);
  const base = medians.get(LOOKUP) ?? Number.NaN;
  for (const [name, value] of medians) {
    const before = earlier?.get(name);
    const growth = before === undefined ? '' : `, ${(value / before).toFixed(2)} of the time with fewer accounts`;
    const figures = `${value.toFixed(0).padStart(6)} µs, ${(value / base).toFixed(2).padStart(5)} of the lookup`;
    console.log(`${name.padEnd(24)} ${figures}${growth}`);
  }
}

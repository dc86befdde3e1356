import { execFile } from 'node:child_process';
import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { ProgramError } from '../run-program.js';

/** The system user for PostgreSQL when this program runs as root: PostgreSQL refuses to run as root. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

const NAME = 'postgres';
const OTHERS_MAY_ENTER = 0o001;

const run = promisify(execFile);

/**
 * @returns undefined if this program does not run as root: PostgreSQL then runs as the same user
 * @throws ProgramError if the user `postgres` neither exists nor can be created
 */
export async function postgresUser(report: (line: string) => void): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const existing = await findUser();
  if (existing) return existing;
  await run('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', NAME]).catch(() => undefined);
  const created = await findUser();
  if (!created) {
    throw new ProgramError(
      `PostgreSQL does not run as root, and no system user ${NAME} could be made. Start as another user, or set DATABASE_URL.`,
    );
  }
  report(`Made the system user ${NAME}, because PostgreSQL does not run as root.`);
  return created;
}

async function findUser(): Promise<SystemUser | undefined> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, NAME])));
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
  } catch {
    return undefined;
  }
}

/** Whether every user may enter the folder and all its parents. */
export function isOpenToAll(folder: string): boolean {
  const real = realpathSync(folder);
  const parent = dirname(real);
  return (statSync(real).mode & OTHERS_MAY_ENTER) !== 0 && (parent === real || isOpenToAll(parent));
}

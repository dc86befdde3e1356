import { randomBytes } from 'node:crypto';
import { lstat, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ProgramError } from '#platform';

/** Adds to the end of the file. */
export type Append = (chunk: string | Uint8Array) => Promise<void>;

const OWNER_ONLY = 0o600;

/**
 * Writes a file that only its owner can read, and that appears under its name when it is complete. Until then it has
 * another name in the same folder; when `fill` fails it is removed.
 *
 * @param options replace: whether a file of the same name is replaced, or is a reason to refuse
 * @param fill writes what the file has to hold; it is told the other name, to read what it has written
 * @returns what `fill` returns
 * @throws ProgramError when the file cannot be written, or what stands in its place must not be replaced
 */
export async function writeCompleteFile<T>(
  path: string,
  { replace }: { readonly replace: boolean },
  fill: (append: Append, draft: string) => Promise<T>,
): Promise<T> {
  const orTell = <R>(step: Promise<R>): Promise<R> => step.catch((error: unknown) => tell(path, error));
  await refuseIfTaken(path, replace);
  const draft = `${path}.${randomBytes(4).toString('hex')}.partial`;
  const file = await orTell(open(draft, 'wx', OWNER_ONLY));
  try {
    const result = await fill((chunk) => orTell(file.appendFile(chunk)), draft);
    await orTell(finish(file));
    await orTell(replace ? rename(draft, path) : renameToNew(draft, path));
    await orTell(syncFolder(dirname(path)));
    return result;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** A device or a link is never replaced by a file. */
async function refuseIfTaken(path: string, replace: boolean): Promise<void> {
  const there = await lstat(path).catch(() => undefined);
  if (there && !replace) throw new ProgramError(`${path} is there already.`);
  if (there && !there.isFile()) throw new ProgramError(`${path} is not a file.`);
}

async function finish(file: FileHandle): Promise<void> {
  await file.sync();
  await file.close();
}

/** Creates the name first, so that a file that another program creates meanwhile is not replaced. */
async function renameToNew(draft: string, path: string): Promise<void> {
  await (await open(path, 'wx', OWNER_ONLY)).close();
  try {
    await rename(draft, path);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

const NO_FOLDER_SYNC = ['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM', 'EACCES'];

/** A new name survives a crash only when its folder was synced; not every file system can do it. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path);
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    if (!NO_FOLDER_SYNC.includes(String((error as NodeJS.ErrnoException).code))) throw error;
  }
}

function tell(path: string, error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  throw new ProgramError(code === 'EEXIST' ? `${path} is there already.` : `${path} cannot be written (${code}).`);
}

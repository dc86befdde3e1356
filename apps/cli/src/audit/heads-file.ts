import { createReadStream } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { AuditHead } from '#mfa';
import { ProgramError } from '#platform';

const LINE = /^(customer|user) (\S+) (\d{1,18}) ([0-9a-f]{64})$/;
const BUFFERED = 65_536;

/** The ends of all chains in a file, a line each; it appears with its name when it is complete. */
export class HeadsFile {
  private buffered = '';

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
  ) {}

  /** @throws ProgramError when the file is there already, or cannot be written */
  static async create(path: string): Promise<HeadsFile> {
    try {
      await (await open(path, 'wx', 0o600)).close();
      return new HeadsFile(path, await open(partOf(path), 'w', 0o600));
    } catch (error) {
      throw unusable(path, error);
    }
  }

  async write({ kind, id, sequence, hash }: AuditHead): Promise<void> {
    this.buffered += `${kind} ${id} ${sequence} ${hash.toString('hex')}\n`;
    if (this.buffered.length >= BUFFERED) await this.flush();
  }

  async complete(): Promise<void> {
    await this.flush();
    await this.file.sync();
    await rename(partOf(this.path), this.path);
  }

  /** Removes what was begun and not completed. */
  async close(): Promise<void> {
    await this.file.close();
    const removed = await rm(partOf(this.path)).then(
      () => true,
      () => false,
    );
    if (removed) await rm(this.path, { force: true });
  }

  private async flush(): Promise<void> {
    await this.file.appendFile(this.buffered);
    this.buffered = '';
  }
}

/** @throws ProgramError for a file that cannot be read, and for a line that `HeadsFile` did not write */
export async function* keptHeads(path: string): AsyncGenerator<AuditHead> {
  let number = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      number += 1;
      const [, kind, id, sequence, hash] = LINE.exec(line) ?? [];
      if (!kind || !id || !sequence || !hash) throw new ProgramError(`${path}, line ${number} is no end of a chain.`);
      yield { kind, id, sequence, hash: Buffer.from(hash, 'hex') };
    }
  } catch (error) {
    throw unusable(path, error);
  }
}

function partOf(path: string): string {
  return `${path}.part`;
}

function unusable(path: string, error: unknown): unknown {
  const { code } = error as { code?: string };
  if (code === undefined) return error;
  return new ProgramError(code === 'EEXIST' ? `${path} is there already.` : `${path} cannot be used (${code}).`);
}

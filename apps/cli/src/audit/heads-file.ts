import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { AuditHead } from '#mfa';
import { ProgramError } from '#platform';
import { writeCompleteFile } from '../complete-file.js';

const LINE = /^(customer|user) (\S+) (\d{1,18}) ([0-9a-f]{64})$/;
const BUFFERED = 65_536;

/**
 * Writes the ends of all chains to a new file, a line each.
 *
 * @param fill hands over the ends
 * @returns what `fill` returns
 * @throws ProgramError when the file is there already, or cannot be written
 */
export function keepHeads<T>(path: string, fill: (keep: (head: AuditHead) => Promise<void>) => Promise<T>): Promise<T> {
  return writeCompleteFile(path, { replace: false }, async (append) => {
    let buffered = '';
    const flush = async (): Promise<void> => {
      await append(buffered);
      buffered = '';
    };
    const result = await fill(async ({ kind, id, sequence, hash }) => {
      buffered += `${kind} ${id} ${sequence} ${hash.toString('hex')}\n`;
      if (buffered.length >= BUFFERED) await flush();
    });
    await flush();
    return result;
  });
}

/**
 * Reads what `keepHeads` has written.
 *
 * @throws ProgramError for a file that cannot be read, and for any other line; the signal's reason when it came
 */
export async function* keptHeads(path: string, signal: AbortSignal): AsyncGenerator<AuditHead> {
  let number = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      signal.throwIfAborted();
      number += 1;
      const [, kind, id, sequence, hash] = LINE.exec(line) ?? [];
      if (!kind || !id || !sequence || !hash) throw new ProgramError(`${path}, line ${number} is no end of a chain.`);
      yield { kind, id, sequence, hash: Buffer.from(hash, 'hex') };
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === undefined ? error : new ProgramError(`${path} cannot be read (${code}).`);
  }
}

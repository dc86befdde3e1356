import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { AuditCheckpoint } from '#mfa';
import { ProgramError } from '#platform';
import { writeCompleteFile } from '../complete-file.js';

/** Ids are texts of anybody's who can write entries: in JSON each stays on its line. */
const LINE = z.tuple([z.string(), z.string(), z.string().regex(/^\d{1,18}$/), z.string().regex(/^[0-9a-f]{64}$/)]);
/** Tells a whole file from one that was cut off. */
const LAST_LINE = z.strictObject({ chains: z.number() });
const BUFFERED = 65_536;

/**
 * Writes the ends of all chains to a new file, a line each, and how many there are.
 *
 * @param fill hands over the ends
 * @returns what `fill` returns
 * @throws ProgramError when the file is there already, or cannot be written
 */
export function keepCheckpoints<T>(
  path: string,
  fill: (keep: (checkpoint: AuditCheckpoint) => Promise<void>) => Promise<T>,
): Promise<T> {
  return writeCompleteFile(path, { replace: false }, async (append) => {
    let buffered = '';
    let chains = 0;
    const flush = async (): Promise<void> => {
      await append(buffered);
      buffered = '';
    };
    const result = await fill(async ({ kind, id, sequence, hash }) => {
      chains += 1;
      buffered += `${JSON.stringify([kind, id, sequence, hash.toString('hex')])}\n`;
      if (buffered.length >= BUFFERED) await flush();
    });
    buffered += `${JSON.stringify({ chains })}\n`;
    await flush();
    return result;
  });
}

/**
 * Reads what `keepCheckpoints` has written.
 *
 * @throws ProgramError for a file that cannot be read, and for any other line; the signal's reason when it came
 */
export async function* keptCheckpoints(path: string, signal: AbortSignal): AsyncGenerator<AuditCheckpoint> {
  let chains = 0;
  let isWhole = false;
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      signal.throwIfAborted();
      const value = parsed(line);
      const checkpoint = LINE.safeParse(value).data;
      isWhole = LAST_LINE.safeParse(value).data?.chains === chains;
      if (!checkpoint && !isWhole) throw new ProgramError(`${path}, line ${chains + 1} is no end of a chain.`);
      if (!checkpoint) continue;
      chains += 1;
      const [kind, id, sequence, hash] = checkpoint;
      yield { kind, id, sequence, hash: Buffer.from(hash, 'hex') };
    }
    if (!isWhole) throw new ProgramError(`${path} was cut off: its last line is not the number of chains.`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === undefined ? error : new ProgramError(`${path} cannot be read (${code}).`);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

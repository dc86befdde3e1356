import { Readable } from 'node:stream';
import type { Client } from 'pg';
import { ProgressBar } from '../progress-bar.js';
import { withAccountClient } from './account-client.js';
import { closeSnapshot, countAccounts, customerLines, openSnapshot, userLines } from './export.repository.js';
import { writeTo } from './export-target.js';

const LINE_FEED = 0x0a;

/**
 * Writes all accounts of one moment, but for anonymised customers.
 *
 * @param path a file, or `-` for standard output
 * @returns how many
 * @throws ProgramError when the target cannot be written; the signal's reason when it came
 */
export function exportAccounts(url: string, path: string, signal: AbortSignal): Promise<number> {
  return withAccountClient(url, signal, async ({ client }) => {
    await openSnapshot(client);
    const bar = new ProgressBar('Exporting', 'accounts', await countAccounts(client));
    let total = 0;
    const count = (lines: number): void => bar.update((total += lines));
    try {
      await writeTo(path, Readable.from(counted(client, count), { objectMode: false }), signal);
    } finally {
      bar.stop();
    }
    await closeSnapshot(client);
    return total;
  });
}

async function* counted(client: Client, count: (lines: number) => void): AsyncGenerator<Buffer> {
  for (const read of [customerLines, userLines]) {
    for await (const chunk of read(client) as AsyncIterable<Buffer>) {
      yield chunk;
      count(linesIn(chunk));
    }
  }
}

function linesIn(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) lines += 1;
  return lines;
}

import { Readable } from 'node:stream';
import type { AccountCopyService, EncryptionKey } from '#mfa';
import { ProgressBar } from '../progress-bar.js';
import { withAccountClient } from './account-client.js';
import { closeSnapshot, copiedLines, countAccounts, leftOutFactors, openSnapshot } from './export.repository.js';
import { writeTo } from './export-target.js';
import { LeftOutMethods } from './left-out-methods.js';
import { sealedLines } from './sealed-lines.js';

export interface ExportOptions {
  /** A file, or `-` for standard output. */
  readonly path: string;
  readonly copies: AccountCopyService;
  /** Seals what is kept for second factors; without it that stays behind. */
  readonly key: EncryptionKey | undefined;
  readonly signal: AbortSignal;
}

export interface Export {
  readonly accounts: number;
  /** What was left out and why, a line each. */
  readonly leftOut: readonly string[];
}

const LINE_FEED = 0x0a;

/**
 * Writes all accounts of one moment, but for anonymised customers.
 *
 * @throws ProgramError when the target cannot be written, or something cannot be opened; the signal's reason when it came
 */
export function exportAccounts(url: string, { path, copies, key, signal }: ExportOptions): Promise<Export> {
  const scope = { methodsThatHandOut: copies.methodsThatHandOut, withCredentials: key !== undefined };
  return withAccountClient(url, signal, async ({ client }) => {
    await openSnapshot(client);
    const bar = new ProgressBar('Exporting', 'accounts', await countAccounts(client));
    let accounts = 0;
    const count = (lines: number): void => bar.update((accounts += lines));
    const read = copiedLines(client, scope);
    const lines = key ? sealedLines(read, { copies, key }) : read;
    try {
      await writeTo(path, Readable.from(counted(lines, count), { objectMode: false }), signal);
    } finally {
      bar.stop();
    }
    const leftOut = (await leftOutFactors(client, scope)).flatMap(
      (of) => new LeftOutMethods(of.methods, of.accounts).text(reasonOf(of)) ?? [],
    );
    await closeSnapshot(client);
    return { accounts, leftOut };
  });
}

const reasonOf = ({ hasCredential }: { readonly hasCredential: boolean }): string =>
  hasCredential
    ? 'what is kept of them goes along only with --seal-for'
    : 'what is kept of them is good in this installation alone, such as recovery codes';

async function* counted(chunks: AsyncIterable<Buffer>, count: (lines: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    yield chunk;
    count(linesIn(chunk));
  }
}

function linesIn(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) lines += 1;
  return lines;
}

import type { AccountCopyService, EncryptionKey } from '#mfa';
import { withLongClient } from '../json-lines/long-client.js';
import { closeSnapshot, openSnapshot } from '../json-lines/snapshot.repository.js';
import { writeLines } from '../json-lines/write-lines.js';
import { copiedLines, countAccounts, leftOutFactors } from './export.repository.js';
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

/**
 * Writes all accounts of one moment, but for anonymised customers.
 *
 * @throws ProgramError when the target cannot be written, or something cannot be opened; the signal's reason when it came
 */
export function exportAccounts(url: string, { path, copies, key, signal }: ExportOptions): Promise<Export> {
  const scope = { methodsThatHandOut: copies.methodsThatHandOut, withCredentials: key !== undefined };
  return withLongClient(url, signal, async ({ client }) => {
    await openSnapshot(client);
    const total = await countAccounts(client);
    const read = copiedLines(client, scope);
    const lines = key ? sealedLines(read, { copies, key }) : read;
    const accounts = await writeLines(lines, { path, unit: 'accounts', total, signal });
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

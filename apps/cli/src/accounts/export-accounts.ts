import type { Client } from 'pg';
import {
  type AccountCopyService,
  type AccountKind,
  type CopiedCredential,
  type CopyOwner,
  type CopyScope,
  type EncryptionKey,
  LEFT_OUT_FACTORS,
} from '#mfa';
import { ProgramError } from '#platform';
import { withSnapshot } from '../database.js';
import { LineSplitter } from '../lines/json-lines.js';
import { writeLines } from '../lines/line-files.js';
import { copiedRows, SEPARATOR } from '../loading/entries.sql.js';
import { COUNT_ACCOUNTS, EXPORT_QUERIES } from './accounts.sql.js';
import { LeftOutMethods } from './arriving-factors.js';

export interface ExportOptions {
  /** A file, or `-` for standard output. */
  readonly path: string;
  readonly copies: AccountCopyService;
  /** Seals the credentials; without it they are left out. */
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
  return withSnapshot(url, signal, async (client) => {
    const { rows } = await client.query<{ total: number }>(COUNT_ACCOUNTS);
    const read = copiedLines(client, scope);
    const lines = key ? sealedLines(read, { copies, key }) : read;
    const accounts = await writeLines(lines, { path, unit: 'accounts', total: rows[0]?.total, signal });
    const leftOut = (await leftOutFactors(client, scope)).flatMap(
      (of) => new LeftOutMethods(of.methods, of.accounts).text(reasonOf(of)) ?? [],
    );
    return { accounts, leftOut };
  });
}

async function* copiedLines(client: Client, scope: CopyScope): AsyncGenerator<Buffer> {
  for (const query of EXPORT_QUERIES) yield* copiedRows(client, query(scope));
}

/** Active methods that are left out of the file; `hasCredential` says whether `--seal-for` would include them. */
interface LeftOutFactors {
  readonly hasCredential: boolean;
  readonly methods: number;
  readonly accounts: number;
}

async function leftOutFactors(
  client: Client,
  { methodsThatHandOut, withCredentials }: CopyScope,
): Promise<readonly LeftOutFactors[]> {
  const { rows } = await client.query<LeftOutFactors>(LEFT_OUT_FACTORS, [methodsThatHandOut]);
  return rows.filter(({ hasCredential }) => !(hasCredential && withCredentials));
}

const reasonOf = ({ hasCredential }: { readonly hasCredential: boolean }): string =>
  hasCredential
    ? 'what is kept of them goes along only with --seal-for'
    : 'what is kept of them is good in this installation alone, such as recovery codes';

/** What seals credentials for another installation. */
export interface CopySealing {
  readonly copies: AccountCopyService;
  readonly key: EncryptionKey;
}

interface ExportedEntry {
  readonly kind: AccountKind;
  readonly customerReference?: string;
  readonly uuid?: string;
  readonly mfa: object;
}

/**
 * Turns lines of id, credentials and account into lines of accounts; the few that have credentials get them sealed by
 * the key.
 *
 * @throws ProgramError when something cannot be opened, naming the account
 */
async function* sealedLines(chunks: AsyncIterable<Buffer>, sealing: CopySealing): AsyncGenerator<Buffer> {
  const splitter = new LineSplitter();
  for await (const chunk of chunks) {
    const lines = splitter.push(chunk).map((line) => `${accountLine(line.toString('utf8'), sealing)}\n`);
    if (lines.length > 0) yield Buffer.from(lines.join(''));
  }
}

function accountLine(line: string, sealing: CopySealing): string {
  const [id = '', credentials, account = ''] = line.split(SEPARATOR);
  if (!credentials) return account;
  const entry = JSON.parse(account) as ExportedEntry;
  const sealed = (JSON.parse(credentials) as CopiedCredential[]).map((one) => sealOne(id, entry, one, sealing));
  return JSON.stringify({ ...entry, mfa: { ...entry.mfa, credentials: sealed } });
}

function sealOne(
  id: string,
  { kind, customerReference, uuid }: ExportedEntry,
  credential: CopiedCredential,
  { copies, key }: CopySealing,
): CopiedCredential {
  const owner: CopyOwner = { kind, naturalKey: customerReference ?? uuid ?? '' };
  const sealed = copies.sealForCopy({ kind, id }, owner, credential, key);
  if (sealed) return sealed;
  throw new ProgramError(
    `What is kept of the ${kind} ${owner.naturalKey} cannot be opened by the key ${credential.keyId}. "mfa remove" removes it.`,
  );
}

import type { AccountCopyService, AccountKind, CopiedCredential, CopyOwner, EncryptionKey } from '#mfa';
import { ProgramError } from '#platform';
import { SEPARATOR } from '../json-lines/copy-format.js';
import { LineSplitter } from '../json-lines/line-splitter.js';

/** By what credentials are sealed for the way to another installation. */
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
export async function* sealedLines(chunks: AsyncIterable<Buffer>, sealing: CopySealing): AsyncGenerator<Buffer> {
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

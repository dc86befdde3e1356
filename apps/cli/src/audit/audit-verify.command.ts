import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { z } from 'zod';
import type { AuditCheckpoint, AuditFault, AuditObserver, AuditTrailService } from '#mfa';
import { ProgramError, type Settings } from '#platform';
import { addCommand, interruptible, progress, ProgressBar } from '../command-line.js';
import { writeCompleteFile } from '../lines/complete-file.js';
import { withMfa } from '../mfa/operators-mfa.js';
import { entryName } from './archived-chains.js';
import { KeptEntries, verifyArchives } from './verify-archives.js';

const VERIFY = `
Follows the chain of every account through the audit trail and names each entry that was changed, removed or inserted,
with the kind and id of its account and its number in the account's chain. Reads one snapshot, in batches; the apps go
on meanwhile. Ends with exit code 1 when it found something.

What was archived is not in the database: there the chains begin behind it. --file verifies archives as well, and names
the lines that were changed: each entry, that each file follows the one before it, and that the trail says of each file
that it was archived. Name the files in their order, without gaps. With --offline no database is used: what then cannot
be found is a file that was written anew as a whole.

Whoever has all rights in the database can write whole new chains. They are found by what was kept elsewhere: --keep
writes the last entry of each chain to a file, to be moved where the database's owner cannot reach it, and --against
compares the trail with such a file. An entry that was archived since is looked for in the archives.
`;

const VERIFY_EXAMPLES = `
Examples:
  npm run cli -- audit verify --keep ends-2026-11.txt
  npm run cli -- audit verify --against ends-2026-11.txt
  npm run cli -- audit verify --file audit-2024.jsonl audit-2025.jsonl
  npm run cli -- audit verify --offline --file audit-2025.jsonl`;

interface VerifyOptions {
  readonly keep?: string;
  readonly against?: string;
  readonly file?: readonly string[];
  readonly offline?: boolean;
}

export function addAuditVerify(audit: Command, settings: () => Settings): void {
  addCommand(audit, 'verify', 'finds changed, removed and inserted entries', VERIFY)
    .option('--keep <file>', 'write the last entry of each chain to this file, which must not exist')
    .option('--against <file>', 'also compare with a file that --keep wrote')
    .option('--file <archive...>', 'also verify what audit archive wrote')
    .option('--offline', 'verify archives alone, without a database')
    .addHelpText('after', VERIFY_EXAMPLES)
    .action((options: VerifyOptions) => (options.offline ? verifyOffline(options) : verify(settings(), options)));
}

function verify(settings: Settings, { keep, against, file = [] }: VerifyOptions): Promise<void> {
  return interruptible((signal) => {
    const run = (onCheckpoint?: AuditObserver['onCheckpoint']): Promise<void> =>
      withMfa(settings, ({ trail }) => verifyTrail(trail, { against, archives: file, onCheckpoint, signal }));
    return keep === undefined ? run() : keepCheckpoints(keep, run);
  });
}

async function verifyOffline({ keep, against, file = [] }: VerifyOptions): Promise<void> {
  if (file.length === 0 || keep !== undefined || against !== undefined) {
    throw new ProgramError('--offline needs --file, and neither --keep nor --against.');
  }
  const faults = await interruptible((signal) => verifyArchives(file, { signal }));
  if (faults > 0) throw new ProgramError(`Faults in the archives: ${faults}`);
  progress('The archives are whole.');
}

interface Verification {
  readonly against: string | undefined;
  readonly archives: readonly string[];
  readonly onCheckpoint: AuditObserver['onCheckpoint'] | undefined;
  readonly signal: AbortSignal;
}

async function verifyTrail(trail: AuditTrailService, verification: Verification): Promise<void> {
  const { against, archives, signal } = verification;
  const { entries, archived, faults } = await verifyEntries(trail, verification);
  const kept = new KeptEntries();
  const onArchived: KeptEntries['add'] = (checkpoint) => kept.add(checkpoint);
  const compared =
    against === undefined ? 0 : (await trail.compare(keptCheckpoints(against, signal), tellFault, onArchived)).faults;
  signal.throwIfAborted();
  progress(`Entries that were verified: ${entries}`);
  if (archived > 0) progress(`Entries that are archived: ${archived}`);
  const inFiles = archives.length > 0 ? await verifyArchives(archives, { trail, kept, signal }) : 0;
  if (archives.length === 0 && kept.size > 0) {
    progress(`Kept entries that are archived, and were not compared: ${kept.size}; --file does it`);
  }
  const all = faults + compared + inFiles;
  if (all > 0) throw new ProgramError(`Faults in the audit trail: ${all}`);
  progress('The audit trail is whole.');
}

async function verifyEntries(trail: AuditTrailService, { onCheckpoint, signal }: Verification) {
  const bar = new ProgressBar('Verifying', 'entries', (await trail.estimate()) || undefined);
  const onProgress = (entries: number): void => {
    signal.throwIfAborted();
    bar.update(entries);
  };
  return trail
    .verify({ onFault: tellFault, onProgress, ...(onCheckpoint && { onCheckpoint }) })
    .finally(() => bar.stop());
}

function tellFault(fault: AuditFault): void {
  progress(`${entryName(fault)}: ${textOf(fault)}`);
}

function textOf({ sequence, fault }: AuditFault): string {
  if (fault === 'anchors') return 'the chains begin behind other entries than were archived';
  return sequence === null ? 'all entries removed' : fault;
}

/** As JSON, because an id could have line ends. */
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
function keepCheckpoints<T>(
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
async function* keptCheckpoints(path: string, signal: AbortSignal): AsyncGenerator<AuditCheckpoint> {
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

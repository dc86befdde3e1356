import type { Command } from 'commander';
import type { AuditFault, AuditObserver, AuditTrailService } from '#mfa';
import { ProgramError, type Settings } from '#platform';
import { addCommand, addGroup } from '../command-line.js';
import { interruptible } from '../interruptible.js';
import { withMfa } from '../mfa/operators-mfa.js';
import { ProgressBar } from '../progress-bar.js';
import { progress } from '../progress.js';
import { addAuditExport } from './audit-export.command.js';
import { keepHeads, keptHeads } from './heads-file.js';

const VERIFY = `
Follows the chain of every account through the audit trail and names each entry that was changed, removed or inserted,
with the kind and id of its account and its number in the account's chain. Reads one snapshot, in batches; the apps go
on meanwhile. Ends with exit code 1 when it found something.

Whoever has all rights in the database can write whole new chains. They are found by what was kept elsewhere: --keep
writes the last entry of each chain to a file, to be moved where the database's owner cannot reach it, and --against
compares the trail with such a file.
`;

const VERIFY_EXAMPLES = `
Examples:
  npm run cli -- audit verify --keep ends-2026-11.txt
  npm run cli -- audit verify --against ends-2026-11.txt`;

interface VerifyOptions {
  readonly keep?: string;
  readonly against?: string;
}

export function addAuditCommands(program: Command, settings: () => Settings): void {
  const audit = addGroup(program, 'audit', 'The audit trail');
  addCommand(audit, 'verify', 'finds changed, removed and inserted entries', VERIFY)
    .option('--keep <file>', 'write the last entry of each chain to this file, which must not exist')
    .option('--against <file>', 'also compare with a file that --keep wrote')
    .addHelpText('after', VERIFY_EXAMPLES)
    .action((options: VerifyOptions) => verify(settings(), options));
  addAuditExport(audit, settings);
}

function verify(settings: Settings, { keep, against }: VerifyOptions): Promise<void> {
  return interruptible((signal) => {
    const run = (onHead?: AuditObserver['onHead']): Promise<void> =>
      withMfa(settings, ({ trail }) => verifyTrail(trail, { against, onHead, signal }));
    return keep === undefined ? run() : keepHeads(keep, run);
  });
}

interface Verification {
  readonly against: string | undefined;
  readonly onHead: AuditObserver['onHead'] | undefined;
  readonly signal: AbortSignal;
}

async function verifyTrail(trail: AuditTrailService, { against, onHead, signal }: Verification): Promise<void> {
  const bar = new ProgressBar('Verifying', 'entries', (await trail.estimate()) || undefined);
  const onFault = (fault: AuditFault): void => progress(lineOf(fault));
  const onProgress = (entries: number): void => {
    signal.throwIfAborted();
    bar.update(entries);
  };
  const { entries, faults } = await trail
    .verify({ onFault, onProgress, ...(onHead && { onHead }) })
    .finally(() => bar.stop());
  const changed = against === undefined ? 0 : (await trail.compare(keptHeads(against, signal), onFault)).faults;
  signal.throwIfAborted();
  progress(`Entries that were verified: ${entries}`);
  if (faults + changed > 0) throw new ProgramError(`Faults in the audit trail: ${faults + changed}`);
  progress('The audit trail is whole.');
}

function lineOf({ kind, id, sequence, fault }: AuditFault): string {
  const account = [kind, id].map(printable).join(' ');
  return sequence === null ? `${account}: all entries removed` : `${account}, entry ${sequence}: ${fault}`;
}

/** What somebody wrote into the trail must not steer the terminal. */
function printable(text: string): string {
  return /^[\w.@-]+$/.test(text) ? text : JSON.stringify(text);
}

import type { Command } from 'commander';
import { escapeLiteral } from 'pg';
import type { DataSource } from 'typeorm';
import { ARCHIVES, type AuditArchive, type AuditExportFilter, auditExportQuery } from '#mfa';
import { ProgramError, type Settings } from '#platform';
import { addCommand, parseMoment, interruptible, note } from '../command-line.js';
import { withDatabase, withDataSource, withSnapshot } from '../database.js';
import { writeLines } from '../lines/line-files.js';
import { copiedRows } from '../loading/entries.sql.js';
import { findAccount, type FoundAccount } from '../mfa/operators-mfa.js';

const EXPORT = `
Writes entries of the audit trail as lines of JSON, the oldest first, for a SIEM or another reader of logs: accountKind,
accountId, sequence, event, occurredAt, method, errorCode, reason, actorKind, actorId, actsForKind, actsForId,
sessionId, requestId, clientAddress, details and hash. What an entry does not have is null. Moments are in UTC. An entry
is named by accountKind, accountId and sequence for ever: what takes over entries twice can tell.

All lines are of one moment; the apps go on meanwhile. An entry stands in the trail when its transaction ends, which is
after occurredAt: an export that goes on where another one ended begins some minutes earlier. The file has addresses of
people's clients. What was archived is not in it. It is written with mode 0600 under another name, and gets its own when it is complete; a file of the
same name is replaced then.
`;

const EXAMPLES = `
Examples:
  npm run cli -- audit export audit.jsonl --since 2026-11-01 --until 2026-12-01
  npm run -s cli -- audit export - --since 2026-11-27T12:00:00Z | gzip > audit.gz
  npm run cli -- audit export ada.jsonl --account customer:DE--21`;

const MOMENT = 'a day or moment such as 2026-11-01 or 2026-11-01T12:00:00Z';

interface ExportCommandOptions {
  readonly since?: string;
  readonly until?: string;
  readonly account?: string;
}

export function addAuditExport(audit: Command, settings: () => Settings): void {
  addCommand(audit, 'export', 'writes entries to a file', EXPORT)
    .argument('<file>', 'where to write; - is standard output')
    .option('--since <moment>', `entries from then on: ${MOMENT}; a day begins at midnight UTC`)
    .option('--until <moment>', 'entries before then')
    .option('--account <kind:who>', 'entries about one account, such as customer:DE--21 or user:anna@shop.example')
    .action((path: string, options: ExportCommandOptions) => run(settings(), path, options))
    .addHelpText('after', EXAMPLES);
}

async function run(settings: Settings, path: string, { since, until, account }: ExportCommandOptions): Promise<void> {
  const from = since === undefined ? undefined : parseMoment('--since', since);
  const before = until === undefined ? undefined : parseMoment('--until', until);
  if (from && before && from >= before) throw new ProgramError('--until must be later than --since.');
  const entries = await interruptible((signal) =>
    withDatabase(
      settings,
      async (url) => {
        const { found, archivedBefore } = await lookUp(url, account);
        if (archivedBefore && (!from || from.toISOString() < archivedBefore))
          note(`Entries before ${archivedBefore} were archived, and are not in the export.`);
        return exportAudit(url, { path, filter: { since: from, until: before, account: found }, signal });
      },
      note,
    ),
  );
  note(`Entries that were exported: ${entries}`);
}

interface Known {
  /** The account that is asked for. */
  readonly found: FoundAccount | undefined;
  /** A moment in ISO form; undefined: nothing was archived. */
  readonly archivedBefore: string | undefined;
}

/** @throws ProgramError when migrations are pending, or there is no such account */
function lookUp(url: string, text: string | undefined): Promise<Known> {
  const [, kind, who] = /^(customer|user):(.+)$/s.exec(text ?? '') ?? [];
  if (text !== undefined && !who)
    throw new ProgramError('--account must be such as customer:DE--21 or user:anna@shop.example.');
  return withDataSource(url, 'sallyport-cli', async (dataSource) => {
    const archivedBefore = await endOfArchives(dataSource);
    if (!who) return { found: undefined, archivedBefore };
    const found = await findAccount(dataSource, kind as FoundAccount['kind'], who);
    if (!found) throw new ProgramError(`There is no ${kind} ${who}.`);
    return { found, archivedBefore };
  });
}

async function endOfArchives(dataSource: DataSource): Promise<string | undefined> {
  const archives = await dataSource.query<{ details: AuditArchive }[]>(ARCHIVES);
  return archives
    .map(({ details }) => details.before)
    .toSorted()
    .at(-1);
}

export interface AuditExportOptions {
  /** A file, or `-` for standard output. */
  readonly path: string;
  readonly filter: AuditExportFilter;
  readonly signal: AbortSignal;
}

/**
 * Writes the entries of one moment that the filter names.
 *
 * @returns how many
 * @throws ProgramError when the target cannot be written; the signal's reason when it came
 */
function exportAudit(url: string, { path, filter, signal }: AuditExportOptions): Promise<number> {
  return withSnapshot(url, signal, (client) => {
    const rows = copiedRows(client, auditExportQuery(filter, escapeLiteral));
    return writeLines(rows, { path, unit: 'entries', total: undefined, signal });
  });
}

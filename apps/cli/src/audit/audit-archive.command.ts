import type { Command } from 'commander';
import { ProgramError, type Settings } from '#platform';
import { addCommand, operatorName, parseMoment } from '../command-line.js';
import { requireMigratedAt, withDatabase } from '../database.js';
import { STANDARD_STREAM } from '../lines/line-files.js';
import { interruptible, progress } from '../terminal.js';
import { archiveAudit } from './archive-audit.js';

const ARCHIVE = `
Moves old entries of the audit trail from the database to a file. The file is written under another name, read again and
verified against the database; then it gets its name, and the entries are removed, in one transaction. What is broken
off has archived nothing. The apps go on meanwhile, and wait for nothing.

The file has a first line that says what it is, and then a line of JSON for each entry, as audit export writes them, with
the hash of the entry before it. An entry in the trail says who archived, how many entries, and the SHA-256 of the file.
Keep all files, each of them in two places: audit verify --file verifies them, and that nothing is missing between them
and the database. Of each account the entries up to its first one that is not old are archived.

Removing entries needs the login that owns the tables, MIGRATION_DATABASE_URL; that of the apps cannot do it.
`;

const EXAMPLES = `
Examples:
  npm run cli -- audit archive --before 2026-01-01 --dry-run audit-2025.jsonl
  npm run cli -- audit archive --before 2026-01-01 audit-2025.jsonl
  npm run cli -- audit verify --file audit-2024.jsonl audit-2025.jsonl`;

interface ArchiveCommandOptions {
  readonly before: string;
  readonly dryRun?: boolean;
}

export function addAuditArchive(audit: Command, settings: () => Settings): void {
  addCommand(audit, 'archive', 'moves old entries to a file', ARCHIVE)
    .argument('<file>', 'where to write; it must not exist')
    .requiredOption('--before <moment>', 'entries before then: a day, which begins at midnight UTC, or a moment')
    .option('--dry-run', 'only say how many there are')
    .action((path: string, options: ArchiveCommandOptions) => run(settings(), path, options))
    .addHelpText('after', EXAMPLES);
}

async function run(settings: Settings, path: string, { before, dryRun = false }: ArchiveCommandOptions): Promise<void> {
  const moment = parseMoment('--before', before);
  if (moment > new Date()) throw new ProgramError('--before must not be in the future.');
  if (path === STANDARD_STREAM) {
    throw new ProgramError(
      'The entries are removed from the database: an archive must be a file, not standard output.',
    );
  }
  const { entries, from, until, sha256 } = await interruptible((signal) =>
    withDatabase(settings, async (url) => {
      const owner = settings.migrationDatabaseUrl ?? url;
      await requireMigratedAt(owner);
      const options = { path, before: moment, operator: operatorName(), isDryRun: dryRun, signal };
      return archiveAudit(owner, options);
    }),
  );
  if (entries === 0) return progress('Nothing was archived: no entries are that old.');
  const range = `of ${from} to ${until}`;
  if (sha256 === undefined) return progress(`Entries that would be archived: ${entries}, ${range}`);
  progress(`Entries that were archived: ${entries}, ${range}`);
  progress(`SHA-256 of ${path}: ${sha256}`);
}

import { escapeLiteral } from 'pg';
import { auditExportQuery, type AuditExportFilter } from '#mfa';
import { withLongClient } from '../json-lines/long-client.js';
import { closeSnapshot, copiedRows, openSnapshot } from '../json-lines/snapshot.repository.js';
import { writeLines } from '../json-lines/write-lines.js';

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
export function exportAudit(url: string, { path, filter, signal }: AuditExportOptions): Promise<number> {
  return withLongClient(url, signal, async ({ client }) => {
    await openSnapshot(client);
    const rows = copiedRows(client, auditExportQuery(filter, escapeLiteral));
    const entries = await writeLines(rows, { path, unit: 'entries', total: undefined, signal });
    await closeSnapshot(client);
    return entries;
  });
}

import { Injectable } from '@nestjs/common';
import { run, type Source } from '#sql';
import type { AuditContext, AuditNote } from '../core/audit.js';
import { APPEND_ENTRIES, APPEND_ENTRIES_IF_PROTECTED, entryValues } from './audit-entry.sql.js';

/** Entries of the trail that no change of the second factor goes along with. */
@Injectable()
export class AuditEntryRepository {
  /** Writes them in the transaction of what they record. */
  async append(notes: readonly AuditNote[], context: AuditContext, source: Source): Promise<void> {
    await run(source, APPEND_ENTRIES, entryValues(notes, context));
  }

  /** Writes them in the trail of an account that has an active method; for all others the statement finds nothing. */
  async appendIfProtected(notes: readonly AuditNote[], context: AuditContext, source: Source): Promise<void> {
    await run(source, APPEND_ENTRIES_IF_PROTECTED, entryValues(notes, context));
  }
}

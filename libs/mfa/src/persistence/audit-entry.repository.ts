import { Injectable } from '@nestjs/common';
import { run, type Source } from '#sql';
import type { AuditContext, AuditNote } from '../core/audit.js';
import { APPEND_ENTRIES, APPEND_ENTRIES_IF_PROTECTED, entryValues } from './audit-entry.sql.js';

/** Writes audit entries that do not belong to a change of the second factor. */
@Injectable()
export class AuditEntryRepository {
  /** @param source the transaction that makes the recorded change */
  async append(notes: readonly AuditNote[], context: AuditContext, source: Source): Promise<void> {
    await run(source, APPEND_ENTRIES, entryValues(notes, context));
  }

  /** Writes the entries only if the account has an active method. */
  async appendIfProtected(notes: readonly AuditNote[], context: AuditContext, source: Source): Promise<void> {
    await run(source, APPEND_ENTRIES_IF_PROTECTED, entryValues(notes, context));
  }
}

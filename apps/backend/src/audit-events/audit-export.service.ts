import { Injectable } from '@nestjs/common';
import { AuditTrailService } from '#mfa';
import { AUDIT_CSV_HEADER, auditCsvLine } from './audit-csv.js';
import type { AuditEventSelection } from './audit-event-list.js';
import { AuditEventsService } from './audit-events.service.js';

/** Exports entries of the audit trail for administrators. */
@Injectable()
export class AuditExportService {
  constructor(
    private readonly trail: AuditTrailService,
    private readonly events: AuditEventsService,
  ) {}

  /**
   * A CSV file (RFC 4180, to be sent as UTF-8) of all selected entries, newest first, with the members of the list.
   *
   * Reads a page of entries when it is asked for the next text: between two of them no connection is kept, and not more
   * than a page is in memory. A cell that a spreadsheet would take for a formula gets a quote before it.
   *
   * @yields whole lines with their ends, the header first
   */
  async *lines(selection: AuditEventSelection): AsyncGenerator<string> {
    const filter = await this.events.filterOf(selection);
    yield AUDIT_CSV_HEADER;
    if (!filter) return;
    for await (const entries of this.trail.pages(filter)) {
      yield (await this.events.resources(entries)).map(auditCsvLine).join('');
    }
  }
}

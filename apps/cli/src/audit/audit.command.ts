import type { Command } from 'commander';
import type { Settings } from '#platform';
import { addGroup } from '../command-line.js';
import { addAuditArchive } from './audit-archive.command.js';
import { addAuditExport } from './audit-export.command.js';
import { addAuditVerify } from './audit-verify.command.js';

export function addAuditCommands(program: Command, settings: () => Settings): void {
  const audit = addGroup(program, 'audit', 'The audit trail');
  addAuditVerify(audit, settings);
  addAuditExport(audit, settings);
  addAuditArchive(audit, settings);
}

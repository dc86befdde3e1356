import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AuditEventsController } from './audit-events.controller.js';
import { AuditEventsService } from './audit-events.service.js';
import { AuditExportService } from './audit-export.service.js';

@Module({
  imports: [AccountsModule],
  controllers: [AuditEventsController],
  providers: [AuditEventsService, AuditExportService],
  exports: [AuditEventsService, AuditExportService],
})
export class AuditEventsModule {}

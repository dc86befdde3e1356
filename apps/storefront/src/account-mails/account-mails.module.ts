import { Module } from '@nestjs/common';
import { AccountMailJobsService } from './account-mail-jobs.service.js';
import { AccountMailsService } from './account-mails.service.js';
import { RecipientsRepository } from './recipients.repository.js';

@Module({
  providers: [AccountMailsService, AccountMailJobsService, RecipientsRepository],
  exports: [AccountMailsService],
})
export class AccountMailsModule {}

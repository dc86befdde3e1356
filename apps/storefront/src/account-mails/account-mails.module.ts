import { Module } from '@nestjs/common';
import { AccountMailsService } from './account-mails.service.js';
import { RecipientsRepository } from './recipients.repository.js';

@Module({ providers: [AccountMailsService, RecipientsRepository], exports: [AccountMailsService] })
export class AccountMailsModule {}

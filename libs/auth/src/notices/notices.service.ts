import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRunner, Mailer, type JobHandler } from '#platform';
import { NOTICE_TASK, type Notice } from './notice.js';
import { noticeMail } from './notice-mail.js';
import { NoticeRecipientsRepository } from './notice-recipients.repository.js';

/** Tells people by mail what happened to their accounts. */
@Injectable()
export class NoticesService implements JobHandler<Notice>, OnModuleInit {
  readonly task = NOTICE_TASK;

  constructor(
    private readonly jobs: JobRunner,
    private readonly mailer: Mailer,
    private readonly recipients: NoticeRecipientsRepository,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this);
  }

  async run(notice: Notice, reference: string): Promise<void> {
    const recipient = notice.to ?? (await this.recipients.find(notice.accountKind, notice.accountId));
    if (recipient) await this.mailer.send(noticeMail(recipient, notice, reference));
  }
}

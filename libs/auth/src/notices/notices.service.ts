import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Recipient } from '#mfa';
import { Clock, JobRunner, Mailer, SETTINGS, type JobHandler, type Settings } from '#platform';
import { NOTICE_TASK, type Notice } from './notice.js';
import { NoticeAllowanceRepository } from './notice-allowance.repository.js';
import { noticeMail } from './notice-mail.js';
import { NoticeRecipientsRepository } from './notice-recipients.repository.js';

/** Notifies people by mail of events on their accounts. */
@Injectable()
export class NoticesService implements JobHandler<Notice>, OnModuleInit {
  readonly task = NOTICE_TASK;
  private readonly logger = new Logger(NoticesService.name);

  constructor(
    private readonly jobs: JobRunner,
    private readonly mailer: Mailer,
    private readonly recipients: NoticeRecipientsRepository,
    private readonly allowances: NoticeAllowanceRepository,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'pages'>,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this);
  }

  async run(notice: Notice, reference: string): Promise<void> {
    const { accountKind, accountId, event } = notice;
    const recipient = notice.to ?? (await this.recipients.find(accountKind, accountId));
    if (!recipient) return;
    if (await this.allowances.take(recipient.email, event, this.clock.now())) {
      await this.send(recipient, notice, reference);
    } else {
      this.logger.warn({ event: 'notice.withheld', notice: event, accountKind, accountId });
    }
  }

  /** Gives the send back if the attempt fails, so that the next attempt can use it. */
  private async send(recipient: Recipient, notice: Notice, reference: string): Promise<void> {
    try {
      await this.mailer.send(noticeMail(recipient, notice, reference, this.settings.pages));
    } catch (error) {
      await this.allowances.giveBack(recipient.email, notice.event);
      throw error;
    }
  }
}

import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { addJob } from '#platform';
import { ACCOUNT_MAIL_TASKS, type ConfirmationRequest, type RestoreRequest } from './account-mails.tasks.js';

/** Requests of anybody: they come after all that is sure to concern somebody, and cannot fill the table. */
const RESTORE_PRIORITY = 10;
const MOST_RESTORE_REQUESTS = 10_000;
/** For as long as somebody may wait for a key: 80 minutes. */
const RESTORE_ATTEMPTS = 9;

/** Requests for mails about customers' accounts; they are written and sent as jobs, and no answer waits for that. */
@Injectable()
export class AccountMailsService {
  private readonly logger = new Logger(AccountMailsService.name);

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The mail that a registration is confirmed with, in the transaction of the registration. */
  async requestConfirmationKey(within: EntityManager, customerId: string): Promise<void> {
    await addJob(within, ACCOUNT_MAIL_TASKS.confirmation, { customerId } satisfies ConfirmationRequest);
  }

  /**
   * The mail that a new password is chosen with; an address that nobody has gets none.
   *
   * One request for each address waits, and one statement stores it, whatever the address: the time tells nothing.
   *
   * @throws QueryFailedError or a connection error when the database is away
   */
  async requestRestoreKey(email: string): Promise<void> {
    const task = ACCOUNT_MAIL_TASKS.restore;
    const isAdded = await addJob(this.dataSource, task, { email } satisfies RestoreRequest, {
      key: `${task}:${email.toLowerCase()}`,
      maxAttempts: RESTORE_ATTEMPTS,
      priority: RESTORE_PRIORITY,
      mostWaiting: MOST_RESTORE_REQUESTS,
    });
    if (!isAdded) this.logger.error({ event: 'mail.dropped', task, waiting: MOST_RESTORE_REQUESTS });
  }
}

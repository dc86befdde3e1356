import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { addJob, type AccountKind } from '#platform';
import type { Account } from '../accounts/account.js';
import {
  ACCOUNT_MAIL_TASKS,
  CONFIRMATION_TASK,
  type ConfirmationRequest,
  type ResetRequest,
  type RestoreRequest,
} from './account-mail-tasks.js';

/** Requests of anybody: they come after all that is sure to concern somebody, and cannot fill the table. */
const RESTORE_PRIORITY = 10;
const MOST_RESTORE_REQUESTS = 10_000;
/** For as long as somebody may wait for a key: 80 minutes. */
const RESTORE_ATTEMPTS = 9;

/** Requests for mails with keys; they are written and sent as jobs, and no answer waits for that. */
@Injectable()
export class AccountMailsService {
  private readonly logger = new Logger(AccountMailsService.name);

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The mail that a registration is confirmed with, in the transaction of the registration. */
  async requestConfirmationKey(within: EntityManager, customerId: string): Promise<void> {
    await addJob(within, CONFIRMATION_TASK, { customerId } satisfies ConfirmationRequest);
  }

  /**
   * The mail that a new password is chosen with; an address that nobody has gets none.
   *
   * One request for each address waits, and one statement stores it, whatever the address: the time tells nothing.
   *
   * @throws QueryFailedError or a connection error when the database is away
   */
  async requestRestoreKey(kind: AccountKind, email: string): Promise<void> {
    const task = ACCOUNT_MAIL_TASKS[kind].restore;
    const isAdded = await addJob(this.dataSource, task, { email } satisfies RestoreRequest, {
      key: `${task}:${email.toLowerCase()}`,
      maxAttempts: RESTORE_ATTEMPTS,
      priority: RESTORE_PRIORITY,
      mostWaiting: MOST_RESTORE_REQUESTS,
    });
    if (!isAdded) this.logger.error({ event: 'mail.dropped', task, waiting: MOST_RESTORE_REQUESTS });
  }

  /** The mail to somebody whose password an administrator made void, in the transaction of that. */
  async requestResetKey({ kind, id }: Account, manager: EntityManager): Promise<void> {
    await addJob(manager, ACCOUNT_MAIL_TASKS[kind].reset, { accountId: id } satisfies ResetRequest);
  }
}

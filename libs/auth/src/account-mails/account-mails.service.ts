import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Account, AccountKind } from '#mfa';
import { addJob, currentClient } from '#platform';
import {
  ACCOUNT_MAIL_TASKS,
  CONFIRMATION_TASK,
  type ConfirmationRequest,
  type ResetRequest,
  type RestoreRequest,
} from './account-mail-tasks.js';

/** Requests of anybody: they come after all that is sure to concern somebody, and cannot fill the table. */
const PUBLIC_PRIORITY = 10;
const MOST_REQUESTS = 10_000;
const MOST_REQUESTS_OF_ONE = 100;
/** They are worked at when their answers are long gone: no answer takes longer for an address that is known. */
const LONGEST_DELAY_MS = 100;
/** For as long as somebody may wait for a key: 80 minutes. */
const RESTORE_ATTEMPTS = 9;

/** Requests for mails with keys; they are written and sent as jobs, and no answer waits for that. */
@Injectable()
export class AccountMailsService {
  private readonly logger = new Logger(AccountMailsService.name);

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The mail that a registration is confirmed with, in the transaction of the registration. */
  async requestConfirmationKey(manager: EntityManager, customerId: string): Promise<void> {
    await this.add(manager, CONFIRMATION_TASK, { customerId } satisfies ConfirmationRequest, {});
  }

  /**
   * The mail that a new password is chosen with; an address that nobody has gets none.
   *
   * One request of a client for each address waits, and one statement stores it, whatever the address: the time tells nothing.
   *
   * @throws QueryFailedError or a connection error when the database is away
   */
  async requestRestoreKey(kind: AccountKind, email: string): Promise<void> {
    const task = ACCOUNT_MAIL_TASKS[kind].restore;
    const key = `${task}:${email.toLowerCase()}`;
    await this.add(this.dataSource, task, { email } satisfies RestoreRequest, { key, maxAttempts: RESTORE_ATTEMPTS });
  }

  /** The mail to somebody whose password an administrator made void, in the transaction of that. */
  async requestResetKey({ kind, id }: Account, manager: EntityManager): Promise<void> {
    await addJob(manager, ACCOUNT_MAIL_TASKS[kind].reset, { accountId: id } satisfies ResetRequest);
  }

  /** A mail that anybody can ask for: clients take turns, and none of them can keep the mails of others waiting. */
  private async add(
    manager: EntityManager | DataSource,
    task: string,
    payload: object,
    options: { readonly key?: string; readonly maxAttempts?: number },
  ): Promise<void> {
    const limits = { mostWaiting: MOST_REQUESTS, mostWaitingOfOne: MOST_REQUESTS_OF_ONE };
    const share = { pool: 'public-mail', client: currentClient(), ...limits };
    const isAdded = await addJob(manager, task, payload, {
      ...{ ...options, share },
      ...{ priority: PUBLIC_PRIORITY, delayMs: LONGEST_DELAY_MS },
    });
    if (!isAdded) this.logger.error({ event: 'mail.dropped', task, waiting: MOST_REQUESTS });
  }
}

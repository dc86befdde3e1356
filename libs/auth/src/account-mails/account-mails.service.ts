import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Account, AccountKind } from '#mfa';
import { addJob, currentClient, currentClientAddress } from '#platform';
import {
  ACCOUNT_MAIL_TASKS,
  CONFIRMATION_TASK,
  type ConfirmationRequest,
  type ResetRequest,
  type RestoreRequest,
} from './account-mail-tasks.js';

/**
 * Anybody can make these requests: their jobs have a lower priority, and a limit so that they cannot fill the table.
 */
const PUBLIC_PRIORITY = 10;
const MOST_REQUESTS = 10_000;
const MOST_REQUESTS_OF_ONE = 100;
/** The jobs run long after their responses. So a response does not take longer for a known address. */
const LONGEST_DELAY_MS = 100;
/** 80 minutes of attempts: about as long as a person waits for a key. */
const RESTORE_ATTEMPTS = 9;

/** Requests mails with keys. Jobs write and send them, so no response waits for that. */
@Injectable()
export class AccountMailsService {
  private readonly logger = new Logger(AccountMailsService.name);

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Requests the mail that confirms a registration, in the registration's transaction. */
  async requestConfirmationKey(manager: EntityManager, customerId: string): Promise<void> {
    await this.add(manager, CONFIRMATION_TASK, { customerId } satisfies ConfirmationRequest, {});
  }

  /**
   * Requests the mail for a new password. If nobody has the address, no mail is sent.
   *
   * For each client and address at most one request waits. One statement stores it for any address, so that the
   * response time tells nothing.
   *
   * @throws QueryFailedError or a connection error if the database is not available
   */
  async requestRestoreKey(kind: AccountKind, email: string): Promise<void> {
    const task = ACCOUNT_MAIL_TASKS[kind].restore;
    const key = `${task}:${email.toLowerCase()}`;
    await this.add(this.dataSource, task, { email } satisfies RestoreRequest, { key, maxAttempts: RESTORE_ATTEMPTS });
  }

  /** Requests the mail to a person whose password an administrator made void, in the same transaction. */
  async requestResetKey({ kind, id }: Account, manager: EntityManager): Promise<void> {
    await addJob(manager, ACCOUNT_MAIL_TASKS[kind].reset, { accountId: id } satisfies ResetRequest);
  }

  /** Adds a mail that anybody can request. Clients take turns, so that no client delays the mails of others. */
  private async add(
    manager: EntityManager | DataSource,
    task: string,
    payload: object,
    options: { readonly key?: string; readonly maxAttempts?: number },
  ): Promise<void> {
    const limits = { mostWaiting: MOST_REQUESTS, mostWaitingOfOne: MOST_REQUESTS_OF_ONE };
    const share = { pool: 'public-mail', client: currentClient(), ...limits };
    const isAdded = await addJob(
      manager,
      task,
      { ...payload, clientAddress: currentClientAddress() },
      {
        ...{ ...options, share },
        ...{ priority: PUBLIC_PRIORITY, delayMs: LONGEST_DELAY_MS },
      },
    );
    if (!isAdded) this.logger.error({ event: 'mail.dropped', task, waiting: MOST_REQUESTS });
  }
}

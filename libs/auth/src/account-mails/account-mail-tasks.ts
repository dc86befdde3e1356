import type { AccountKind } from '#mfa';

/** The tasks of mails with a key. */
type AccountMailTask = 'restore' | 'reset';

/**
 * The job names of mails with a key. Their payloads are in the database until the mail is sent.
 *
 * Each app sends the mails of its own accounts, because only it knows its own links.
 */
export const ACCOUNT_MAIL_TASKS = {
  customer: { restore: 'password-restore-mail', reset: 'password-reset-mail' },
  user: { restore: 'user-password-restore-mail', reset: 'user-password-reset-mail' },
} as const satisfies Record<AccountKind, Record<AccountMailTask, string>>;

/** For customers only: users do not register. */
export const CONFIRMATION_TASK = 'confirmation-mail';

/** Where a mail was asked for. */
interface MailRequest {
  readonly clientAddress?: string | undefined;
}

export interface ConfirmationRequest extends MailRequest {
  readonly customerId: string;
}

export interface RestoreRequest extends MailRequest {
  /** As typed. The account is looked up when the job runs. */
  readonly email: string;
}

export interface ResetRequest {
  readonly accountId: string;
}

import type { AccountKind } from '#mfa';

/** A mail with a key that waits as a job. */
type AccountMailTask = 'restore' | 'reset';

/**
 * The mails that wait as jobs, by their tasks; the payloads stand in the database until the mail is sent.
 *
 * Each app sends those of its own accounts: it knows where its links lead.
 */
export const ACCOUNT_MAIL_TASKS = {
  customer: { restore: 'password-restore-mail', reset: 'password-reset-mail' },
  user: { restore: 'user-password-restore-mail', reset: 'user-password-reset-mail' },
} as const satisfies Record<AccountKind, Record<AccountMailTask, string>>;

/** Of customers alone: nobody registers as a user. */
export const CONFIRMATION_TASK = 'confirmation-mail';

export interface ConfirmationRequest {
  readonly customerId: string;
}

export interface RestoreRequest {
  /** As somebody typed it; whether it is an account's is looked up when the job is done. */
  readonly email: string;
}

export interface ResetRequest {
  readonly accountId: string;
}

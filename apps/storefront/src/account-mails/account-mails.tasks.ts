/** The mails that wait as jobs, by their tasks; the payloads stand in the database until the mail is sent. */
export const ACCOUNT_MAIL_TASKS = {
  confirmation: 'confirmation-mail',
  restore: 'password-restore-mail',
} as const;

export interface ConfirmationRequest {
  readonly customerId: string;
}

export interface RestoreRequest {
  /** As somebody typed it; whether it is a customer's is looked up when the job is done. */
  readonly email: string;
}

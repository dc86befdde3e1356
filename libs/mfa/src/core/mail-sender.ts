export interface CodeMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** BCP 47 tag of the mail's language. */
  readonly language: string;
}

/**
 * Hands a mail to a mail server. Resolves when the server accepted it; rejects if it did not, or if `signal` aborts.
 */
export interface MailSender {
  send(mail: CodeMail, signal: AbortSignal): Promise<void>;
}

export const MAIL_SENDER = Symbol('MAIL_SENDER');

/** For programs that send no codes. */
export const UNDELIVERABLE: MailSender = {
  send: () => Promise.reject(new TypeError('This program sends no codes.')),
};

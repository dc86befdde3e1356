/** A mail that carries a code. */
export interface CodeMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** BCP 47 tag of the text's language. */
  readonly language: string;
}

/** Hands a mail to a mail server: resolves when the server took it, rejects when it did not or `signal` aborts. */
export interface MailSender {
  send(mail: CodeMail, signal: AbortSignal): Promise<void>;
}

export const MAIL_SENDER = Symbol('MAIL_SENDER');

/** Of a program that sends no codes. */
export const UNDELIVERABLE: MailSender = {
  send: () => Promise.reject(new TypeError('This program sends no codes.')),
};

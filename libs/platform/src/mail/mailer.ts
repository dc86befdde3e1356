import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** BCP 47 tag of the mail's language. */
  readonly language: string;
  /**
   * Identifies the mail. A repeated send has the same reference, so that a mail server can drop it. Without a reference
   * every mail is new.
   */
  readonly reference?: string;
}

/** The sender of mails. The name may be empty. */
export interface MailSender {
  readonly name: string;
  readonly address: string;
}

/** The default time limit of one send, including the wait for a connection. */
const SEND_TIMEOUT_MS = 10_000;

/** Sends mails to the SMTP server over pooled connections. Does not repeat a failed send. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly transport: Transporter;

  constructor(
    smtpUrl: string,
    private readonly from: MailSender,
  ) {
    this.transport = createTransport({
      url: smtpUrl,
      pool: true,
      maxConnections: 5,
      maxRequeues: 0,
      connectionTimeout: SEND_TIMEOUT_MS,
      greetingTimeout: SEND_TIMEOUT_MS,
      socketTimeout: 60_000,
    } as object);
  }

  /** Resolves when the server accepted the mail; rejects if it refused it, or if `signal` aborts. */
  async send(
    { to, subject, text, html, language, reference }: Mail,
    signal: AbortSignal = AbortSignal.timeout(SEND_TIMEOUT_MS),
  ): Promise<void> {
    if (/[\r\n]/.test(to)) throw new TypeError('a mail address has no line breaks');
    const headers = {
      // prevents automatic replies (RFC 3834, and Exchange's own header)
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': language,
    };
    const recipient = { name: '', address: to }; // an object is always one address, whatever it contains
    const messageId = reference === undefined ? undefined : `<${reference}@${this.from.address.split('@').pop()}>`;
    const content = { subject, text, html, headers, messageId };
    await this.transport.sendMail({ from: this.from, to: recipient, ...content, signal } as object);
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}

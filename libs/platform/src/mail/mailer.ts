import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** BCP 47 tag of the text's language. */
  readonly language: string;
  /** Names the mail: one that is sent again has the same, and a mail server may drop it. Without one every mail is new. */
  readonly reference?: string;
}

/** Whom mails come from; the name may be empty. */
export interface MailSender {
  readonly name: string;
  readonly address: string;
}

/** What one send may take, from the wait for a connection to the server's answer, unless the caller sets a limit. */
const SEND_TIMEOUT_MS = 10_000;

/** Hands mails to the SMTP server over pooled connections; a failed send is not repeated. */
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

  /** Resolves when the server took the mail; rejects when it refused, or `signal` aborted the send. */
  async send(
    { to, subject, text, html, language, reference }: Mail,
    signal: AbortSignal = AbortSignal.timeout(SEND_TIMEOUT_MS),
  ): Promise<void> {
    if (/[\r\n]/.test(to)) throw new TypeError('a mail address has no line breaks');
    const headers = {
      // RFC 3834, and what Exchange reads in its place: nobody's absence is to be answered
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': language,
    };
    const recipient = { name: '', address: to }; // as an object it is one address, whatever it contains
    const messageId = reference === undefined ? undefined : `<${reference}@${this.from.address.split('@').pop()}>`;
    const content = { subject, text, html, headers, messageId };
    await this.transport.sendMail({ from: this.from, to: recipient, ...content, signal } as object);
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}

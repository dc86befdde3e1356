import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** BCP 47 tag of the text's language. */
  readonly language: string;
}

/** All that one send may take, from the wait for a connection to the server's answer. */
const SEND_TIMEOUT_MS = 10_000;

/** Hands mails to the SMTP server over pooled connections; a failed send is not repeated. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly transport: Transporter;

  constructor(
    smtpUrl: string,
    private readonly from: string,
    private readonly timeoutMs: number = SEND_TIMEOUT_MS,
  ) {
    this.transport = createTransport({
      url: smtpUrl,
      pool: true,
      maxConnections: 5,
      maxRequeues: 0,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: 60_000,
    } as object);
  }

  /** Resolves when the server took the mail; rejects when it refused or did not answer in time. */
  async send({ to, subject, text, html, language }: Mail): Promise<void> {
    const signal = AbortSignal.timeout(this.timeoutMs);
    const headers = { 'Auto-Submitted': 'auto-generated', 'Content-Language': language };
    await this.transport.sendMail({ from: this.from, to, subject, text, html, headers, signal } as object);
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { SMTPServer, SMTPServerDataStream, SMTPServerEnvelope } from 'smtp-server';
import { DEFAULT_LOOK, type Look } from '#look';
import { ProgramError } from '../run-program.js';
import { mailboxHandler } from './mailbox-handler.js';
import { readMail, type ReceivedMail } from './received-mail.js';

export interface MailboxOptions {
  /** The address of the web page. SMTP is served on 127.0.0.1 only. */
  readonly host: string;
  /** 0 chooses any free port. */
  readonly smtpPort: number;
  readonly webPort: number;
  /** The look of the web page. */
  readonly look?: Look;
}

const SMTP_HOST = '127.0.0.1';
const KEPT_MAILS = 500;
const MAIL_LIMIT_BYTES = 2_097_152;
const CLOSE_TIMEOUT_MS = 100;

/**
 * A mailbox for development and tests on one machine. Accepts every mail by SMTP, and shows the mails on a web page and
 * as JSON.
 */
export class Mailbox {
  readonly smtpUrl: string;
  readonly url: string;

  private constructor(
    /** Newest first. When there are too many, the oldest are dropped. */
    readonly mails: ReceivedMail[],
    private readonly smtp: SMTPServer,
    private readonly web: Server,
    host: string,
  ) {
    this.smtpUrl = `smtp://${SMTP_HOST}:${portOf(smtp.server)}`;
    this.url = `http://${host.includes(':') ? `[${host}]` : host}:${portOf(web)}`;
  }

  /** Rejects with Node's error if a port is in use, and with a ProgramError if smtp-server is not installed. */
  static async start({ host, smtpPort, webPort, look = DEFAULT_LOOK }: MailboxOptions): Promise<Mailbox> {
    const mails: ReceivedMail[] = [];
    const smtp = await smtpServer(mails);
    const web = createServer(mailboxHandler(mails, host, look));
    try {
      await listen(smtp.server, smtpPort, SMTP_HOST);
      await listen(web, webPort, host);
    } catch (error) {
      smtp.close();
      throw error;
    }
    return new Mailbox(mails, smtp, web, host);
  }

  clear(): void {
    this.mails.length = 0;
  }

  async stop(): Promise<void> {
    this.web.closeAllConnections();
    const web = new Promise((resolve) => this.web.close(resolve));
    const smtp = new Promise<void>((resolve) => this.smtp.close(resolve));
    await Promise.all([web, smtp]);
  }
}

async function smtpServer(mails: ReceivedMail[]): Promise<SMTPServer> {
  const { SMTPServer } = await import('smtp-server').catch(() => {
    throw new ProgramError('No local mailbox is installed. Set SMTP_URL.');
  });
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    size: MAIL_LIMIT_BYTES,
    closeTimeout: CLOSE_TIMEOUT_MS,
    onData: (stream, { envelope }, done) => void receive(mails, stream, envelope).then(() => done(), done),
  });
  // a client that disconnects must not stop the program
  return server.on('error', () => undefined);
}

async function receive(
  mails: ReceivedMail[],
  stream: SMTPServerDataStream,
  { mailFrom, rcptTo }: SMTPServerEnvelope,
): Promise<void> {
  const raw = await buffer(stream);
  if (stream.sizeExceeded) throw Object.assign(new Error('The mail is too large'), { responseCode: 552 });
  const from = mailFrom ? mailFrom.address : '';
  const mail = await readMail(raw, { from, to: rcptTo.map(({ address }) => address) });
  mails.unshift(mail);
  mails.splice(KEPT_MAILS);
}

function listen(server: NetServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function portOf(server: NetServer): number {
  return (server.address() as AddressInfo).port;
}

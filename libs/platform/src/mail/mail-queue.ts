import { setImmediate, setTimeout } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import pLimit from 'p-limit';
import { Mailer, type Mail } from './mailer.js';

/** Writes a mail when its turn has come; undefined: there is nothing to send. */
export type MailWriter = () => Promise<Mail | undefined>;

const SENT_AT_ONCE = 5;
const LONGEST_QUEUE = 1000;
const PAUSES_MS = [1000, 10_000, 60_000];
const SHUTDOWN_MS = 15_000;

/** Sends mails that no answer waits for, and tries again when the mail server is away; a crash loses what waits. */
@Injectable()
export class MailQueue implements BeforeApplicationShutdown {
  private readonly logger = new Logger(MailQueue.name);
  private readonly inTurn = pLimit(SENT_AT_ONCE);
  private readonly underWay = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private waiting = 0;

  /** @param pausesMs pauses between the attempts to send one mail: one attempt more than there are pauses */
  constructor(
    private readonly mailer: Pick<Mailer, 'send'>,
    private readonly pausesMs: readonly number[] = PAUSES_MS,
  ) {}

  /**
   * Returns at once; what `write` does happens after the answer to the current request was written.
   *
   * @param delayMs how long it waits before that; meanwhile it counts for nothing
   */
  add(write: MailWriter, delayMs = 0): void {
    const work = this.deliver(write, delayMs).finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  /** Resolves when every mail was sent or given up. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  /** What waits for its next attempt gets it now, as its last; connections to the mail server are closed after this. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.race([this.idle(), setTimeout(SHUTDOWN_MS, undefined, { ref: false })]);
  }

  private async deliver(write: MailWriter, delayMs: number): Promise<void> {
    await (delayMs > 0 ? setTimeout(delayMs) : setImmediate());
    if (this.waiting >= LONGEST_QUEUE) {
      this.logger.error({ event: 'mail.dropped', waiting: this.waiting });
      return;
    }
    this.waiting += 1;
    try {
      await this.send(write);
    } catch (error) {
      // a mail server repeats addresses in its messages
      const { name, code, responseCode } = error as { name?: unknown; code?: unknown; responseCode?: unknown };
      this.logger.error({ event: 'mail.failed', error: name, code, responseCode });
    } finally {
      this.waiting -= 1;
    }
  }

  /** A mail is written once, unless that failed; a database that is away comes back like a mail server. */
  private async send(write: MailWriter): Promise<void> {
    let written: { readonly mail: Mail | undefined } | undefined;
    const attempt = async (): Promise<void> => {
      written ??= { mail: await this.inTurn(write) };
      const { mail } = written;
      if (mail) await this.inTurn(() => this.mailer.send(mail));
    };
    for (const pauseMs of this.pausesMs) {
      try {
        return await attempt();
      } catch (error) {
        if (isRefusal(error) || this.stopping.signal.aborted) throw error;
      }
      await setTimeout(pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
    return attempt();
  }
}

/** A permanent answer of the mail server (RFC 5321, section 4.2.1): the next attempt would get it too. */
function isRefusal(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: unknown };
  return typeof responseCode === 'number' && responseCode >= 500;
}

import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AccountKeyService, type KeyPurpose } from '#auth';
import { MailQueue, SETTINGS, type Mail, type Settings } from '#platform';
import { emailChangedMail, keyMail } from './account-mail.js';
import { RecipientsRepository, type Recipient } from './recipients.repository.js';

/** Where the front end takes the keys. */
const PAGES: Readonly<Record<KeyPurpose, string>> = {
  confirmation: 'customer-confirmation',
  'password-restore': 'customer-restore-password',
};

const LONGEST_DELAY_MS = 100;
/** Addresses that an app can listen on and nobody can go to. */
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Mails about customers' accounts. They are sent after the answer, so that its time tells nothing of an account. */
@Injectable()
export class AccountMailsService {
  constructor(
    private readonly queue: MailQueue,
    private readonly keys: AccountKeyService,
    private readonly recipients: RecipientsRepository,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrls' | 'host' | 'ports'>,
  ) {}

  /** The mail that a registration is confirmed with. */
  sendConfirmationKey(customerId: string): void {
    this.queue.add(() => this.keyMail(customerId, 'confirmation'));
  }

  /**
   * The mail that a new password is chosen with; an address that nobody has gets none.
   *
   * Whether somebody has it is looked up later, at a moment that the request does not tell: neither its answer nor the
   * next one takes longer for a known address.
   *
   * @throws QueryFailedError or a connection error when the database is away
   */
  async sendRestoreKey(email: string): Promise<void> {
    await this.recipients.checkReachable();
    this.queue.add(async () => {
      const customerId = await this.recipients.findId(email);
      return customerId === undefined ? undefined : this.keyMail(customerId, 'password-restore');
    }, randomInt(LONGEST_DELAY_MS));
  }

  /** @param former the address until now */
  sendEmailChanged(former: Recipient): void {
    this.queue.add(() => Promise.resolve(emailChangedMail(former)));
  }

  private async keyMail(customerId: string, purpose: KeyPurpose): Promise<Mail | undefined> {
    const issued = await this.keys.issue(customerId, purpose);
    return issued && keyMail(issued.recipient, { purpose, ...issued, page: this.page(PAGES[purpose]) });
  }

  /** Never by the request's `Host`: who asks must not choose where a key goes. */
  private page(path: string): string {
    const { publicUrls, host, ports } = this.settings;
    const reachable = WILDCARDS.has(host) ? 'localhost' : host;
    const name = reachable.includes(':') ? `[${reachable}]` : reachable;
    const base = publicUrls.storefront?.replace(/\/+$/, '') ?? `http://${name}:${ports.storefront}`;
    return `${base}/${path}`;
  }
}

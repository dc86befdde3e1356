import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { AccountKeyService, type KeyPurpose } from '#auth';
import { JobRunner, Mailer, SETTINGS, type Settings } from '#platform';
import { keyMail } from './account-mail.js';
import { ACCOUNT_MAIL_TASKS, type ConfirmationRequest, type RestoreRequest } from './account-mails.tasks.js';
import { RecipientsRepository } from './recipients.repository.js';

/** Where the front end takes the keys. */
const PAGES: Readonly<Record<KeyPurpose, string>> = {
  confirmation: 'customer-confirmation',
  'password-restore': 'customer-restore-password',
};

const LONGEST_DELAY_MS = 100;
/** Addresses that an app can listen on and nobody can go to. */
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Writes and sends the mails about customers' accounts. */
@Injectable()
export class AccountMailJobsService implements OnModuleInit {
  constructor(
    private readonly jobs: JobRunner,
    private readonly mailer: Mailer,
    private readonly keys: AccountKeyService,
    private readonly recipients: RecipientsRepository,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrls' | 'host' | 'ports'>,
  ) {}

  onModuleInit(): void {
    const { confirmation, restore } = ACCOUNT_MAIL_TASKS;
    this.jobs.register<ConfirmationRequest>({
      task: confirmation,
      run: ({ customerId }) => this.sendKey(customerId, 'confirmation'),
    });
    this.jobs.register<RestoreRequest>({ task: restore, run: (request) => this.sendRestoreKey(request) });
  }

  /** At a moment that the request does not tell: not even the answer to the next one takes longer for a known address. */
  private async sendRestoreKey({ email }: RestoreRequest): Promise<void> {
    await setTimeout(randomInt(LONGEST_DELAY_MS));
    const customerId = await this.recipients.findId(email);
    if (customerId !== undefined) await this.sendKey(customerId, 'password-restore');
  }

  /** Each attempt draws a key of its own, which nothing stores: the mail of another attempt is another mail. */
  private async sendKey(customerId: string, purpose: KeyPurpose): Promise<void> {
    const issued = await this.keys.issue(customerId, purpose);
    if (!issued) return;
    await this.mailer.send(keyMail(issued.recipient, { purpose, ...issued, page: this.page(PAGES[purpose]) }));
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

import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Account, AccountKind } from '#mfa';
import { JobRunner, Mailer, SETTINGS, type Settings } from '#platform';
import type { KeyPurpose } from '../account-keys/account-key.repository.js';
import { AccountKeyService } from '../account-keys/account-key.service.js';
import type { Audience } from '../accounts/account.js';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { keyMail, type MailedKey } from './account-mail.js';
import { MailedAccountsRepository } from './mailed-accounts.repository.js';
import {
  ACCOUNT_MAIL_TASKS,
  CONFIRMATION_TASK,
  type ConfirmationRequest,
  type ResetRequest,
  type RestoreRequest,
} from './account-mail-tasks.js';

/** The kind of account that an app sends mails for: the one that manages itself there. */
const KINDS: Readonly<Record<Audience, AccountKind>> = { storefront: 'customer', backend: 'user' };

/** The pages that take the keys. */
const PAGES: Readonly<Record<KeyPurpose, (kind: AccountKind) => string>> = {
  confirmation: () => 'account/confirm',
  'password-restore': (kind) => (kind === 'customer' ? 'account/new-password' : 'back-office/new-password'),
};

/** Addresses that an app can listen on but that nobody can open. */
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Sends the mails with keys for the accounts of this app. */
@Injectable()
export class AccountMailJobsService implements OnModuleInit {
  private readonly kind: AccountKind;

  constructor(
    private readonly jobs: JobRunner,
    private readonly mailer: Mailer,
    private readonly keys: AccountKeyService,
    private readonly accounts: MailedAccountsRepository,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrls' | 'host' | 'ports' | 'pages'>,
  ) {
    this.kind = KINDS[options.audience];
  }

  onModuleInit(): void {
    const { kind, jobs } = this;
    const { restore, reset } = ACCOUNT_MAIL_TASKS[kind];
    jobs.register<RestoreRequest>({ task: restore, run: (request) => this.sendRestoreKey(request) });
    jobs.register<ResetRequest>({
      task: reset,
      run: ({ accountId }) => this.sendKey({ kind, id: accountId }, { occasion: 'password-reset' }),
    });
    if (kind !== 'customer') return;
    jobs.register<ConfirmationRequest>({
      task: CONFIRMATION_TASK,
      run: ({ customerId, clientAddress }) =>
        this.sendKey({ kind, id: customerId }, { occasion: 'confirmation', clientAddress }),
    });
  }

  private async sendRestoreKey({ email, clientAddress }: RestoreRequest): Promise<void> {
    const account = await this.accounts.find(this.kind, email);
    if (account) await this.sendKey(account, { occasion: 'password-restore', clientAddress });
  }

  /**
   * Every attempt draws a new key, because keys are not stored in plain text.
   *
   * A reset by an administrator does not count as a send: a person without a password needs the key, even if somebody
   * else has asked for many.
   *
   * @throws SendLimitReached or the mail server's error; the job is then tried again, and this attempt does not count
   */
  private async sendKey(account: Account, request: Pick<MailedKey, 'occasion' | 'clientAddress'>): Promise<void> {
    const { occasion } = request;
    const purpose = occasion === 'confirmation' ? 'confirmation' : 'password-restore';
    const isUncounted = occasion === 'password-reset';
    const issued = await this.keys.issue(account, purpose, isUncounted);
    if (issued === 'ended') return;
    if (issued === 'limited') throw new SendLimitReached();
    const page = this.page(PAGES[purpose](account.kind));
    try {
      const mail = keyMail(issued.recipient, { ...request, ...issued, page }, this.settings.pages);
      await this.mailer.send(mail);
    } catch (error) {
      // report the mail's error, even if giving back fails too
      if (!isUncounted) await this.keys.giveBack(account, purpose).catch(() => undefined);
      throw error;
    }
  }

  /** Does not use the request's `Host` header: the sender of a request must not choose where a key is sent. */
  private page(path: string): string {
    const { publicUrls, host, ports } = this.settings;
    const { audience } = this.options;
    const reachable = WILDCARDS.has(host) ? 'localhost' : host;
    const name = reachable.includes(':') ? `[${reachable}]` : reachable;
    const base = publicUrls[audience]?.replace(/\/+$/, '') ?? `http://${name}:${ports[audience]}`;
    return `${base}/${path}`;
  }
}

/** The account was sent too many keys for now. */
class SendLimitReached extends Error {
  override readonly name = 'SendLimitReached';
}

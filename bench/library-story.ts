import { DataSource } from 'typeorm';
import { AuditTrailService, MfaService } from '#mfa';
import { ACCOUNT_KIND, METHOD_NAMES, sessionOf } from './accounts.sql.js';
import { ACTS_FOR_HEADER, NO_ADDRESS, POLICY_KEYS_HEADER } from './application.js';
import { RIGHT_CODE, WRONG_CODE, WRONG_RECOVERY_CODE } from './codes.js';
import type { RecordedStatement, StatementRecorder } from './statement-recorder.js';
import { totpOf } from './totp.js';

const ADMINISTRATOR = { kind: 'user', id: 'bench' } as const;
const [EMAIL] = METHOD_NAMES;

/** The accounts for the recorded operations. */
export interface StoryAccounts {
  /**
   * An account with methods that send codes, an authenticator app, recovery codes, and the outstanding code
   * `RIGHT_CODE`.
   */
  readonly active: string;
  /** An account without methods, before and after. */
  readonly bare: string;
}

const RESOURCES = {
  activate: 'multi-factor-auth-type-activate',
  verify: 'multi-factor-auth-type-verify',
  trigger: 'multi-factor-auth-trigger',
  deactivate: 'multi-factor-auth-type-deactivate',
} as const;

/** Calls every operation of the library. */
export class LibraryStory {
  private readonly mfa: MfaService;

  constructor(
    private readonly recorder: StatementRecorder,
    private readonly accounts: StoryAccounts,
  ) {
    this.mfa = recorder.application.get(MfaService);
  }

  /**
   * Records every statement of the library once.
   *
   * Changes are undone, except for an account without methods.
   */
  async statements(): Promise<readonly RecordedStatement[]> {
    const operations = [
      () => this.stepUp(),
      () => this.removal(),
      () => this.voiding(),
      () => this.inTransaction(),
      () => this.upkeep(),
      () => this.readTrail(),
    ];
    const all: RecordedStatement[] = [];
    for (const operation of operations) {
      all.push(...(await this.recorder.undone(() => this.recorder.during(operation))));
    }
    // not rolled back: a method set up in the same transaction cannot end in the same statement as its last use
    all.push(...(await this.recorder.during(() => this.setUpAndEnd())));
    return [...new Map(all.map((each) => [each.name, each])).values()];
  }

  /** All paths of the guard. */
  private async stepUp(): Promise<void> {
    const { bare, active } = this.accounts;
    const policies = { [POLICY_KEYS_HEADER]: 'all,company:bench' };
    const agent = { [ACTS_FOR_HEADER]: 'nobody' };
    for (const headers of [{}, policies, agent, { ...policies, ...agent }]) await this.order(bare, 201, { headers });
    await this.order(active, 403);
    for (const code of [WRONG_CODE, WRONG_RECOVERY_CODE]) await this.order(active, 403, { code });
    for (const code of [RIGHT_CODE, RIGHT_CODE]) await this.order(active, 201, { code });
    await this.recorder.prepare(
      `UPDATE mfa_account SET failure_count = 999, revision = revision + 1 WHERE account_id = $1`,
      [active],
    );
    await this.order(active, 403, { code: WRONG_CODE });
    await this.order(active, 429, { code: WRONG_CODE });
    await this.mfa.unlock({ kind: ACCOUNT_KIND, id: active }, ADMINISTRATOR);
  }

  /** All methods of an account: activated, verified, used and deactivated. */
  private async setUpAndEnd(): Promise<void> {
    const { bare } = this.accounts;
    await this.ask('activate', NO_ADDRESS, EMAIL, 400);
    await this.ask('activate', bare, EMAIL, 204);
    await this.ask('verify', bare, EMAIL, 403, WRONG_CODE);
    await this.ask('verify', bare, EMAIL, 204, this.mailedCode);
    const { secret } = await this.ask('activate', bare, 'totp', 201, await this.newCode());
    await this.ask('verify', bare, 'totp', 204, totpOf(String(secret), -1));
    await this.order(bare, 201, { code: totpOf(String(secret), 0) });
    const { codes } = await this.ask('activate', bare, 'recovery-code', 201, totpOf(String(secret), 0));
    const [code, next] = codes as [string, string];
    await this.recorder.request({ id: bare, method: 'GET', url: '/multi-factor-auth-types' }, 200);
    await this.order(bare, 201, { code });
    await this.ask('activate', bare, 'recovery-code', 201, next);
    await this.ask('deactivate', bare, 'totp', 204, totpOf(String(secret), 1));
    await this.ask('deactivate', bare, 'recovery-code', 204, await this.newCode());
    await this.ask('deactivate', bare, EMAIL, 204, await this.newCode());
  }

  private async removal(): Promise<void> {
    const account = { kind: ACCOUNT_KIND, id: this.accounts.active } as const;
    for (const method of ['totp', 'recovery-code', null]) await this.mfa.remove(account, method, ADMINISTRATOR);
  }

  private async voiding(): Promise<void> {
    const { active } = this.accounts;
    await this.mfa.voidSession({ kind: ACCOUNT_KIND, id: active }, sessionOf(active));
    await this.mfa.voidCodesOf({ kind: ACCOUNT_KIND, id: active });
  }

  /** Operations that need a transaction of the application. The recorder's transaction is used. */
  private async inTransaction(): Promise<void> {
    const account = { kind: ACCOUNT_KIND, id: this.accounts.active } as const;
    const { manager } = this.recorder.application.get(DataSource);
    await this.mfa.hasActiveMethod(account, manager);
    await this.mfa.recordChange({ account, actor: account, event: 'address-changed', voidsCodes: true }, manager);
    await this.mfa.endAccount(account, ADMINISTRATOR, manager);
  }

  private async upkeep(): Promise<void> {
    const account = { kind: ACCOUNT_KIND, id: this.accounts.active } as const;
    await this.mfa.overviewOf(account);
    await this.mfa.activeMethods(account.kind, [account.id]);
    await this.mfa.purge();
  }

  private async readTrail(): Promise<void> {
    const trail = this.recorder.application.get(AuditTrailService);
    const accountId = this.accounts.active;
    await trail.find({ kind: ACCOUNT_KIND, id: accountId }, '1');
    await trail.list({ accountKind: ACCOUNT_KIND, accountId }, { offset: 0, limit: 20 });
  }

  private async order(
    id: string,
    status: number,
    request: Partial<{ code: string; headers: Record<string, string> }> = {},
  ) {
    await this.recorder.request({ ...request, id, url: '/orders' }, status);
  }

  /** @returns the attributes of the response */
  private async ask(
    verb: keyof typeof RESOURCES,
    id: string,
    type: string,
    status: number,
    code?: string,
  ): Promise<Readonly<Record<string, unknown>>> {
    const payload = { data: { type: RESOURCES[verb], attributes: { type } } };
    const request = { id, url: `/${RESOURCES[verb]}`, payload, ...(code !== undefined && { code }) };
    const answer = (await this.recorder.request(request, status)) as { data?: { attributes?: object } } | undefined;
    return { ...answer?.data?.attributes };
  }

  private async newCode(): Promise<string> {
    await this.ask('trigger', this.accounts.bare, EMAIL, 204);
    return this.mailedCode;
  }

  private get mailedCode(): string {
    return this.recorder.mailed[0] ?? '';
  }
}

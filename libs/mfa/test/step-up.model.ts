import { DEFAULT_LIMITS } from '#mfa';

const { attemptLimit, failureLimit, lockSeconds, graceSeconds, codeTtlSeconds, sendBurst, sendIntervalSeconds } =
  DEFAULT_LIMITS;

interface OutstandingCode {
  readonly digits: string;
  readonly session: string;
  readonly purpose: 'activation' | 'step-up';
  readonly expiresAt: number;
  readonly missesAtIssue: number;
}

interface Grant {
  readonly digits: string;
  readonly until: number;
}

/** The contract for one account with one method, written down a second time and in the simplest way; times in seconds. */
export class StepUpModel {
  now = 0;
  status: 0 | 1 | 2 = 0;
  private misses = 0;
  private failures = 0;
  private lockedUntil = 0;
  private sends: number[] = [];
  private code: OutstandingCode | undefined;
  private grants = new Map<string, Grant>();

  login(): void {
    this.code = undefined;
    this.grants.clear();
  }

  /** What asking for a code must answer; with 204 a code is on its way. */
  expectSend(purpose: 'activation' | 'step-up'): string {
    if (purpose === 'activation' && this.status === 2) return '400 5904';
    if (purpose === 'step-up' && this.status !== 2) return '400 5906';
    if (this.locked) return '429 5911';
    if (!this.sendAllowed()) return '429 5912';
    return '204';
  }

  sent(purpose: 'activation' | 'step-up', session: string, digits: string): void {
    this.sends.push(this.now);
    if (purpose === 'activation') this.status = 1;
    this.code = { digits, session, purpose, expiresAt: this.now + codeTtlSeconds, missesAtIssue: this.misses };
  }

  order(session: string, digits: string | undefined): string {
    if (this.status !== 2) return '201';
    if (digits === undefined) return '403 5900';
    return this.judge(session, digits, 'step-up', true) ?? '201';
  }

  verify(session: string, digits: string): string {
    if (this.status === 2) return '400 5904';
    if (this.status === 0) return '400 5906';
    const refused = this.judge(session, digits, 'activation', false);
    if (!refused) this.status = 2;
    return refused ?? '204';
  }

  deactivate(session: string, digits: string): string {
    if (this.status !== 2) return '400 5906';
    const refused = this.judge(session, digits, 'step-up', true);
    if (refused) return refused;
    this.status = 0;
    this.login();
    return '204';
  }

  private get locked(): boolean {
    return this.lockedUntil > this.now;
  }

  /** At most `sendBurst` sends in the time in which as many intervals refill them: a bucket, refilled steadily. */
  private sendAllowed(): boolean {
    let tokens = sendBurst;
    let at = this.sends[0] ?? this.now;
    for (const send of this.sends) {
      tokens = Math.min(sendBurst, tokens + (send - at) / sendIntervalSeconds) - 1;
      at = send;
    }
    return Math.min(sendBurst, tokens + (this.now - at) / sendIntervalSeconds) >= 1 - 1e-9;
  }

  private judge(
    session: string,
    digits: string,
    purpose: 'activation' | 'step-up',
    acceptGrant: boolean,
  ): string | undefined {
    if (this.locked) return '429 5911';
    const grant = this.grants.get(session);
    if (acceptGrant && grant?.digits === digits && grant.until > this.now) return undefined;
    if (this.isRight(session, digits, purpose)) {
      this.grants.set(session, { digits, until: this.now + graceSeconds });
      this.code = undefined;
      this.failures = 0;
      return undefined;
    }
    this.misses += 1;
    this.failures += 1;
    if (this.failures >= failureLimit) this.lockedUntil = this.now + lockSeconds;
    return '403 5901';
  }

  private isRight(session: string, digits: string, purpose: 'activation' | 'step-up'): boolean {
    const { code } = this;
    return (
      code !== undefined &&
      code.digits === digits &&
      code.session === session &&
      code.purpose === purpose &&
      code.expiresAt > this.now &&
      this.misses - code.missesAtIssue < attemptLimit
    );
  }
}

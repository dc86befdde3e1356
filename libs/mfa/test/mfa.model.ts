import { ModelValues, type Purpose, type Value } from './mfa.model-values.js';

export type Status = 0 | 1 | 2;

interface Grant {
  readonly method: string;
  readonly value: Value;
  readonly until: number;
}

const TOTP = 'totp';
const BACKUP = 'recovery-code';
const GRANT_LIFE = 1800;
const FAILURE_LIMIT = 10;
const LOCK = 1800;
const SENDS_AT_ONCE = 5;
const SEND_INTERVAL = 60;

/**
 * The contract for one account, written down a second time and in the simplest way: a method whose codes are sent, TOTP
 * and recovery codes, in any number of sessions. Times are whole seconds since 1970; answers are `204` or `403 5901`.
 */
export class MfaModel {
  private readonly statuses: Record<string, Status>;
  private readonly values = new ModelValues();
  /** One for each session. */
  private readonly grants = new Map<string, Grant>();
  private failures = 0;
  private lockedUntil = 0;
  /** The send allowance in seconds: a send costs an interval, and each second gives one back. */
  private allowance = SENDS_AT_ONCE * SEND_INTERVAL;

  /** @param sends the method whose codes are sent */
  constructor(
    public now = 0,
    readonly sends = 'email',
  ) {
    this.statuses = { [sends]: 0, [TOTP]: 0, [BACKUP]: 0 };
  }

  get methods(): string[] {
    return Object.keys(this.statuses);
  }

  status(method: string): Status {
    return this.statuses[method] ?? 0;
  }

  /** How many recovery codes are left; undefined without a list. A list that is used up stays, with none left. */
  remaining(): number | undefined {
    return this.status(BACKUP) === 2 ? this.values.unusedRecoveryCodes : undefined;
  }

  wait(seconds: number): void {
    this.now += seconds;
    this.allowance = Math.min(SENDS_AT_ONCE * SEND_INTERVAL, this.allowance + seconds);
  }

  /** A protected write. Without an active method it passes, whatever the header says, and nothing is counted. */
  order(session: string, value?: Value): string {
    if (!this.isProtected()) return '201';
    if (!value) return '403 5900';
    return this.judge(session, value, 'step-up', this.methods) ?? '201';
  }

  activate(session: string, method: string, value?: Value): string {
    const unknown = this.unknown(method);
    if (unknown) return unknown;
    if (method !== BACKUP && this.status(method) === 2) return '400 5904';
    if (method === BACKUP && !this.isProtected()) return '403 5913';
    if (this.isProtected()) {
      if (!value) return '403 5900';
      const refused = this.judge(session, value, 'step-up', this.methods);
      if (refused) return refused;
    }
    // nothing is set up during a lock, not even what needs no code and sends none
    if (this.isLocked()) return '429 5911';
    if (method === this.sends) return this.beginSending(session);
    return method === BACKUP ? this.handOutRecoveryCodes(session) : this.handOutSecret();
  }

  verify(session: string, method: string, value?: Value): string {
    if (!value) return '403 5900';
    const unknown = this.unknown(method);
    if (unknown) return unknown;
    if (this.status(method) === 2) return '400 5904';
    if (this.status(method) === 0) return '400 5906';
    const refused = this.judge(session, value, 'activation', [method]);
    if (refused) return refused;
    this.statuses[method] = 2;
    if (method === TOTP) this.values.confirmSecret();
    this.voidOtherSetUps();
    return '204';
  }

  trigger(session: string, method: string): string {
    const unknown = this.unknown(method);
    if (unknown) return unknown;
    if (this.status(method) !== 2) return '400 5906';
    if (this.isLocked()) return '429 5911';
    return method === this.sends ? this.send(session, 'step-up') : '204';
  }

  deactivate(session: string, method: string, value?: Value): string {
    if (!value) return '403 5900';
    const unknown = this.unknown(method);
    if (unknown) return unknown;
    if (this.status(method) !== 2) return '400 5906';
    const refused = this.judge(session, value, 'step-up', method === BACKUP ? this.methods : [method, BACKUP]);
    if (refused) return refused;
    this.end(method);
    return '204';
  }

  /** The digits of the code that the last `204` of activate or trigger was about. */
  sent(digits: string): void {
    this.values.sent(digits);
  }

  /** A password grant. A TOTP secret that was handed out is no code: its set-up can be completed after the login. */
  login(): void {
    this.voidCodesAndGrants();
  }

  /** A sign-out. A pending TOTP set-up belongs to the account, not to a session, and stays. */
  endSession(session: string): void {
    this.values.voidCode({ session });
    this.grants.delete(session);
  }

  removeAll(): void {
    this.removeByAdministrator(this.methods);
  }

  remove(method: string): void {
    this.removeByAdministrator([method]);
  }

  /** Ends a lock with the misses that led to it; where there is none, nothing changes. */
  unlock(): void {
    if (this.isLocked()) this.forgiveFailures();
  }

  /** A backup protects nothing. */
  private isProtected(): boolean {
    return this.methods.some((method) => method !== BACKUP && this.status(method) === 2);
  }

  private forgiveFailures(): void {
    this.lockedUntil = 0;
    this.failures = 0;
  }

  private isLocked(): boolean {
    return this.lockedUntil > this.now;
  }

  private unknown(method: string): string | undefined {
    if (method === '') return '400 5902';
    return this.methods.includes(method) ? undefined : '400 5906';
  }

  /** A code that was accepted for this stays consumed when the send limit refuses: its grant serves the next try. */
  private beginSending(session: string): string {
    const answer = this.send(session, 'activation');
    if (answer === '204') this.statuses[this.sends] = 1;
    return answer;
  }

  private send(session: string, purpose: Purpose): string {
    if (this.allowance < SEND_INTERVAL) return '429 5912';
    this.allowance -= SEND_INTERVAL;
    this.values.issueCode(session, purpose, this.now);
    return '204';
  }

  private handOutSecret(): string {
    this.statuses[TOTP] = 1;
    this.values.issueSecret(this.now);
    return '201';
  }

  /** With the older list go the grants that its codes opened, but for that of the session that asks. */
  private handOutRecoveryCodes(session: string): string {
    this.statuses[BACKUP] = 2;
    this.values.issueRecoveryCodes();
    this.endGrants((grant, other) => grant.method === BACKUP && other !== session);
    return '201';
  }

  /** @returns why the value is refused; undefined when it is accepted */
  private judge(session: string, value: Value, purpose: Purpose, methods: readonly string[]): string | undefined {
    if (this.isLocked()) return '429 5911';
    const grant = this.grants.get(session);
    const isGranted = grant && grant.until > this.now && isSame(grant.value, value) && methods.includes(grant.method);
    if (isGranted && purpose === 'step-up') return undefined;
    const method = this.methodProvedBy(session, value, purpose);
    if (method === undefined || !methods.includes(method)) return this.miss();
    this.values.consume(value);
    this.grants.set(session, { method, value, until: this.now + GRANT_LIFE });
    this.failures = 0;
    return undefined;
  }

  private methodProvedBy(session: string, value: Value, purpose: Purpose): string | undefined {
    const proof = this.values.prove(session, value, this.now);
    if (proof === `sent ${purpose}`) return this.sends;
    // one TOTP value serves both: a pending secret confirms, an active one steps up
    const purposeOfTotp = this.status(TOTP) === 2 ? 'step-up' : 'activation';
    if (proof === TOTP && purpose === purposeOfTotp) return TOTP;
    return proof === BACKUP && purpose === 'step-up' ? BACKUP : undefined;
  }

  private miss(): string {
    this.values.miss();
    this.failures += 1;
    if (this.failures >= FAILURE_LIMIT) this.lockedUntil = this.now + LOCK;
    return '403 5901';
  }

  /**
   * What was begun before a method became active may have been begun without a code, and must not be completed now. Its
   * status stays 1 until it is begun again, and verify answers 5901, as for a set-up that has expired. A backup that
   * becomes active voids nothing: it needed an active method, and so did what was begun since.
   */
  private voidOtherSetUps(): void {
    this.values.voidCode({ purpose: 'activation' });
    if (this.status(TOTP) === 1) this.values.voidSecret();
  }

  private voidCodesAndGrants(): void {
    this.values.voidCode();
    this.grants.clear();
  }

  private endGrants(isOver: (grant: Grant, session: string) => boolean): void {
    for (const [session, grant] of this.grants) if (isOver(grant, session)) this.grants.delete(session);
  }

  /** Ends a method with all that belongs to it; the backup goes with the last other method. */
  private end(method: string): void {
    this.statuses[method] = 0;
    if (method === this.sends) this.values.voidCode();
    if (method === TOTP) this.values.voidSecret();
    if (method === BACKUP) this.values.voidRecoveryCodes();
    this.endGrants((grant) => grant.method === method);
    if (this.status(BACKUP) === 2 && !this.isProtected()) this.end(BACKUP);
  }

  /**
   * Beside codes and grants, a TOTP set-up that was begun is void too: the one who began it may be the thief. Where there
   * is nothing to remove, not even something begun, nothing changes. "No method is left" means: none that is active.
   */
  private removeByAdministrator(methods: readonly string[]): void {
    const removed = methods.filter((method) => this.status(method) !== 0);
    if (removed.length === 0) return;
    for (const method of removed) this.end(method);
    this.voidCodesAndGrants();
    if (this.status(TOTP) === 1) this.values.voidSecret();
    if (!this.isProtected()) this.forgiveFailures();
  }
}

function isSame(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

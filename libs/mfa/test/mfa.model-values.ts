/** What is submitted as `X-MFA-Code`, told by where it comes from and not by its characters. */
export type Value =
  /** The digits of a code that was sent. */
  | { readonly code: string }
  /** The value of a 30-second step, counted since 1970, of the n-th secret that was handed out. */
  | { readonly totp: number; readonly secret: number }
  /** The code at a place (0 to 9) of the n-th list that was handed out. */
  | { readonly recovery: number; readonly list: number }
  /** Characters that stand for nothing which was ever sent or handed out. */
  | { readonly wrong: string };

export type Purpose = 'activation' | 'step-up';

/** Which kind of the values that the account has out there was submitted. */
export type Proof = 'sent activation' | 'sent step-up' | 'totp' | 'recovery-code';

interface SentCode {
  digits?: string;
  readonly session: string;
  readonly purpose: Purpose;
  readonly until: number;
  misses: number;
}

interface TotpSecret {
  readonly secret: number;
  lastStep: number;
  /** The end of a pending set-up; a confirmed secret has none. */
  until: number;
}

const CODE_LIFE = 600;
const SET_UP_LIFE = 600;
const MISSES_OF_A_CODE = 3;
const STEP = 30;
const WINDOW = 1;
const CODES_IN_A_LIST = 10;

/** The values of one account that are good for something: sent, or handed out, or to be computed. Times in seconds since 1970. */
export class ModelValues {
  private code: SentCode | undefined;
  private totp: TotpSecret | undefined;
  private unused = new Set<number>();
  private secrets = 0;
  private lists = 0;

  get unusedRecoveryCodes(): number {
    return this.unused.size;
  }

  /** A newer code is in place of the older unused one, whichever session asked for it. */
  issueCode(session: string, purpose: Purpose, now: number): void {
    this.code = { session, purpose, until: now + CODE_LIFE, misses: 0 };
  }

  sent(digits: string): void {
    if (this.code) this.code.digits = digits;
  }

  /** A newer secret is in place of the older pending one; whoever has it may confirm it, in any session. */
  issueSecret(now: number): void {
    this.secrets += 1;
    this.totp = { secret: this.secrets, lastStep: -Infinity, until: now + SET_UP_LIFE };
  }

  confirmSecret(): void {
    if (this.totp) this.totp.until = Infinity;
  }

  issueRecoveryCodes(): void {
    this.lists += 1;
    this.unused = new Set(Array.from({ length: CODES_IN_A_LIST }, (_, place) => place));
  }

  voidCode({ session, purpose }: { session?: string; purpose?: Purpose } = {}): void {
    if (session !== undefined && this.code?.session !== session) return;
    if (purpose !== undefined && this.code?.purpose !== purpose) return;
    this.code = undefined;
  }

  voidSecret(): void {
    this.totp = undefined;
  }

  voidRecoveryCodes(): void {
    this.unused.clear();
  }

  /** A pending secret has no misses of its own: it is no code, and the count of the account protects it. */
  miss(): void {
    if (this.code) this.code.misses += 1;
  }

  prove(session: string, value: Value, now: number): Proof | undefined {
    const { code, totp } = this;
    if ('code' in value && code?.digits === value.code && code.session === session) {
      return code.until > now && code.misses < MISSES_OF_A_CODE ? `sent ${code.purpose}` : undefined;
    }
    if ('totp' in value && totp?.secret === value.secret) {
      const isNear = Math.abs(value.totp - Math.floor(now / STEP)) <= WINDOW;
      return isNear && value.totp > totp.lastStep && totp.until > now ? 'totp' : undefined;
    }
    const isUnused = 'recovery' in value && value.list === this.lists && this.unused.has(value.recovery);
    return isUnused ? 'recovery-code' : undefined;
  }

  consume(value: Value): void {
    if ('code' in value) this.code = undefined;
    if ('totp' in value && this.totp) this.totp.lastStep = value.totp;
    if ('recovery' in value) this.unused.delete(value.recovery);
  }
}

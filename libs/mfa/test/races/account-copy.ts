import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MfaService, type Account, type Caller, type Code } from '#mfa';
import { FactorService, type HandedOut } from '../../src/core/factor.service.js';
import { MfaException } from '../../src/core/mfa.exception.js';
import { StepUpService } from '../../src/core/step-up.service.js';
import { hotp, stepOf } from '../../src/methods/totp/totp.js';
import { decodeBase32 } from '#testing';
import { loft } from '../methods/pigeon/pigeon.method.js';
import type { Shop } from '../shop/shop.js';

/** The session in which a grant is alive, and the one that has asked for a code. */
export const GRANTED = 'granted';
export const ASKED = 'asked';

/** How the account is when the race begins. */
export interface Beginning {
  readonly totp: 'none' | 'pending' | 'active';
  readonly email: 'none' | 'pending';
  readonly recoveryCodes: boolean;
  readonly misses: number;
  readonly sends: number;
}

/** What the person, or a thief, knows of the account. */
export interface Known {
  code: string;
  granted: string;
  secret?: Buffer;
  recoveryCodes: readonly string[];
}

/** One of several accounts with the same past; each call answers what became of it, such as `consumed` or `locked`. */
export class AccountCopy {
  /** As of the beginning: whoever acts at the same time does not know what the other is handed out. */
  readonly known: Known = { code: '', granted: '', recoveryCodes: [] };
  private hasBegun = false;

  private constructor(
    private readonly shop: Shop,
    readonly account: Account,
  ) {}

  static async prepare(shop: Shop, beginning: Beginning): Promise<AccountCopy> {
    const { kind, id } = shop.person();
    const copy = new AccountCopy(shop, { kind, id });
    await copy.begin(beginning);
    copy.hasBegun = true;
    return copy;
  }

  order = (session: string, value: string, turn = 0): Promise<string> =>
    told(
      this.on(turn, StepUpService).requireCode(this.in(session), value as Code, 'by-policy'),
      (stepUp) => stepUp && (stepUp.reused ? 'reused' : 'consumed'),
    );
  activate = (session: string, method: string, value?: string, turn = 0): Promise<string> =>
    told(this.on(turn, FactorService).activate(this.in(session), method, value as Code | undefined), (handedOut) =>
      this.take(handedOut),
    );
  verify = (session: string, method: string, value: string, turn = 0): Promise<string> =>
    told(this.on(turn, FactorService).verify(this.in(session), method, value as Code));
  trigger = (session: string, method: string, turn = 0): Promise<string> =>
    told(this.on(turn, FactorService).trigger(this.in(session), method));
  deactivate = (session: string, method: string, value: string, turn = 0): Promise<string> =>
    told(this.on(turn, FactorService).deactivate(this.in(session), method, value as Code));

  /** The service that applications use, at one instance or the other. */
  mfa = (turn: number): MfaService => this.on(turn, MfaService);

  /** The value of a step beside the present one. */
  totp(distance: number): string {
    const { secret } = this.known;
    return secret ? hotp(secret, stepOf(this.shop.clock.now()) + BigInt(distance)) : '000000';
  }

  get newestCode(): string {
    return loft.get(`${this.account.id}@shop.example`) ?? '';
  }

  private in = (sessionId: string): Caller => ({ account: this.account, sessionId });

  private on<T>(turn: number, service: new (...parts: never[]) => T): T {
    const { instances } = this.shop;
    return (instances[turn % instances.length] as NestFastifyApplication).get(service);
  }

  private take(handedOut: HandedOut): string {
    const { secret, codes } = (handedOut ?? {}) as { secret?: string; codes?: readonly string[] };
    if (secret && !this.hasBegun) this.known.secret = decodeBase32(secret);
    if (codes && !this.hasBegun) this.known.recoveryCodes = codes;
    return handedOut ? 'handed out' : 'done';
  }

  private async begin({ totp, email, recoveryCodes, misses, sends }: Beginning): Promise<void> {
    await this.activate(GRANTED, 'pigeon');
    const granted = this.newestCode;
    await this.verify(GRANTED, 'pigeon', granted);
    this.known.granted = granted;
    if (recoveryCodes) await this.activate(GRANTED, 'recovery-code', granted);
    if (totp !== 'none') await this.activate(GRANTED, 'totp', granted);
    // in another session, so that the grant stays that of the code
    if (totp === 'active') await this.verify('at home', 'totp', this.totp(-1));
    if (email === 'pending') await this.activate(GRANTED, 'email', granted);
    for (let n = 0; n <= sends; n += 1) await this.trigger(ASKED, 'pigeon');
    this.known.code = this.newestCode;
    for (let n = 0; n < misses; n += 1) await this.order('guessing', 'a guess');
  }
}

/** An answer or a refusal in a word; faults are none. */
async function told<T>(work: Promise<T>, inWords: (result: T) => string | undefined = () => 'done'): Promise<string> {
  try {
    return inWords(await work) ?? 'not needed';
  } catch (error) {
    if (error instanceof MfaException) return error.reason;
    throw error;
  }
}

import { MfaService } from '#mfa';
import { outcome, type Answer } from '#testing';
import { HandedOutValues } from './handed-out-values.js';
import type { MfaDriver } from './mfa-command-run.js';
import type { Value } from './mfa.model-values.js';
import type { Person, Shop } from './shop/shop.js';

const ADMINISTRATOR = { kind: 'user', id: 'administrator' } as const;
const PIGEON = 'pigeon';

/** A person of the shop, over HTTP and on a real database. */
export class PersonDriver implements MfaDriver {
  private readonly person: Person;
  private readonly mfa: MfaService;
  private readonly handedOut = new HandedOutValues();

  constructor(private readonly shop: Shop) {
    this.person = shop.person();
    this.mfa = shop.instances[0]!.get(MfaService);
  }

  now = (): number => Math.floor(this.shop.clock.now().getTime() / 1000);
  newestCode = (): string => this.person.code(PIGEON);
  write = (value: Value): string => this.handedOut.write(value);

  wait = async (seconds: number): Promise<void> => this.shop.clock.advance(seconds);
  login = (): Promise<void> => this.mfa.voidCodesOf(this.account);
  endSession = (session: string): Promise<void> => this.mfa.voidSession(this.account, session);
  unlock = async (): Promise<void> => void (await this.mfa.unlock(this.account, ADMINISTRATOR));
  removeAll = async (): Promise<void> => void (await this.mfa.remove(this.account, null, ADMINISTRATOR));
  remove = async (method: string): Promise<void> => void (await this.mfa.remove(this.account, method, ADMINISTRATOR));

  async activate(session: string, method: string, value?: Value): Promise<string> {
    const answer = await this.person.inSession(session).endpoint('type-activate', method, this.submitted(value));
    return this.taken(answer);
  }

  async trigger(session: string, method: string): Promise<string> {
    return this.taken(await this.person.inSession(session).endpoint('trigger', method));
  }

  verify = (session: string, method: string, value?: Value): Promise<string> =>
    this.person.inSession(session).verify(this.submitted(value), method);
  deactivate = (session: string, method: string, value?: Value): Promise<string> =>
    this.person.inSession(session).deactivate(this.submitted(value), method);
  order = (session: string, value?: Value): Promise<string> =>
    this.person.inSession(session).order(this.submitted(value));
  status = (method: string): Promise<number | undefined> => this.person.status(method);
  remaining = (): Promise<number | undefined> => this.person.remaining();

  private get account() {
    return { kind: this.person.kind, id: this.person.id };
  }

  private submitted(value: Value | undefined): string | undefined {
    return value && this.write(value);
  }

  private taken(answer: Answer): string {
    if (answer.status === 201) this.handedOut.take(answer.json.data.attributes);
    return outcome(answer);
  }
}

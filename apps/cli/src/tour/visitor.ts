import { ProgramError } from '#platform';
import { accessTokenOf, memberAt, methodStatusOf } from './answer-body.js';
import { totp } from './authenticator.js';
import type { DemoAccount } from './demo-accounts.js';
import type { Answer, Request } from './http.js';
import type { Mails } from './mails.js';
import { CREATED, DONE, OK, type Promised } from './promise.js';
import type { Walk } from './walk.js';

/** How people log in at an app. */
export interface Login {
  readonly request: (username: string, password: string) => Request;
  readonly promised: Promised;
}

/** What visitors share: the app, the way into it, and the mailbox. */
export interface Stage {
  readonly walk: Walk;
  readonly login: Login;
  readonly mails: Mails;
}

export type MfaEndpoint = 'trigger' | 'type-activate' | 'type-verify' | 'type-deactivate';

/** The method that the tour sets up. */
export const METHOD = 'email';
const LIST: Request = { method: 'GET', path: '/multi-factor-auth-types' };

/** Somebody who knows an account's password, in one session at a time. */
export class Visitor {
  private token: string | undefined;
  private current = '';
  private recoveryCodes: readonly string[] = [];

  constructor(
    private readonly stage: Stage,
    readonly account: DemoAccount,
    private readonly name: string,
  ) {}

  /** The code that was mailed last, or shown by the authenticator app. */
  get code(): string {
    return this.current;
  }

  /** A recovery code that was not used yet. */
  get recoveryCode(): string {
    return this.recoveryCodes[0] ?? '';
  }

  async logsIn(password = this.account.password): Promise<void> {
    const { walk, login } = this.stage;
    const answer = await walk.expect(this.name, login.request(this.account.username, password), login.promised);
    this.token = accessTokenOf(answer);
  }

  async failsToLogIn(promised: Promised): Promise<void> {
    const { walk, login } = this.stage;
    await walk.expect(this.name, login.request(this.account.username, this.account.password), promised);
  }

  /** @returns whether the password is right */
  async triesToLogIn(password: string): Promise<boolean> {
    const { walk, login } = this.stage;
    const { username } = this.account;
    const answer = await walk.ask(this.name, login.request(username, password));
    this.token = accessTokenOf(answer);
    const seconds = answer.headers.get('retry-after');
    if (seconds) throw new ProgramError(`Too many logins of ${username} failed. Take the tour again in ${seconds} s.`);
    return this.token !== undefined;
  }

  /** Sends a request with the token of the session. */
  does(request: Request, promised: Promised, code?: string): Promise<Answer> {
    return this.stage.walk.expect(this.name, { ...request, token: this.token, code }, promised);
  }

  /** Lists the methods; what else the list promises are members of it. */
  async sees(status: 0 | 1 | 2, members: Promised['members'] = {}): Promise<void> {
    await this.does(LIST, { ...OK, methods: { [METHOD]: status }, members });
  }

  async isLoggedOut(promised: Promised): Promise<void> {
    await this.does(LIST, promised);
  }

  /** @returns the status of the method */
  async looksUpStatus(): Promise<unknown> {
    return methodStatusOf(await this.does(LIST, OK), METHOD);
  }

  /** Calls one of the MFA endpoints with a code. */
  async submits(endpoint: MfaEndpoint, code: string, promised: Promised = DONE): Promise<void> {
    await this.does(mfaRequest(endpoint), promised, code);
  }

  /** Has a code mailed, and reads it. */
  async getsCodeBy(endpoint: 'trigger' | 'type-activate'): Promise<void> {
    this.current = await this.stage.mails.codeAfter(this.account.username, () => this.does(mfaRequest(endpoint), DONE));
  }

  /** Adds an authenticator app to the methods, with the code at hand; from then on it is the app that shows codes. */
  async addsAuthenticator(): Promise<void> {
    const handedOut = await this.does(mfaRequest('type-activate', 'totp'), CREATED, this.current);
    this.current = totp(String(memberAt(handedOut, 'data.attributes.secret')), new Date());
    await this.does(mfaRequest('type-verify', 'totp'), DONE, this.current);
  }

  /** Has a list of recovery codes made, with the code at hand. */
  async keepsRecoveryCodes(): Promise<void> {
    const handedOut = await this.does(mfaRequest('type-activate', 'recovery-code'), CREATED, this.current);
    this.recoveryCodes = memberAt(handedOut, 'data.attributes.codes') as readonly string[];
  }
}

/** A value that is not the code, another one for each guess. */
export function wrongCode(code: string, guess = 1): string {
  return String((Number(code) + guess) % 10 ** code.length).padStart(code.length, '0');
}

function mfaRequest(endpoint: MfaEndpoint, method: string = METHOD): Request {
  const type = `multi-factor-auth-${endpoint}`;
  return { method: 'POST', path: `/${type}`, body: { data: { type, attributes: { type: method } } } };
}

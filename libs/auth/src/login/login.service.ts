import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Clock, UnfinishedWork } from '#platform';
import type { Credentials } from '../accounts/account.js';
import { AccountRepository } from '../accounts/account.repository.js';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { verifyPassword } from '../passwords/password-hashing.js';
import { scopesOf, type Scope } from '../tokens/scopes.js';
import {
  LoginThrottleRepository,
  type LoginLimit,
  type LoginSubject,
  type Reservation,
} from './login-throttle.repository.js';
import type { SignInRefusal } from './sign-in.js';
import { SignInRecorder, type RefusedSignIn } from './sign-in-recorder.js';

export type LoginResult =
  | { readonly outcome: 'authenticated'; readonly credentials: Credentials }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'blocked'; readonly secondsLeft: number };

/** What an attempt to log in is judged by. */
export interface LoginTerms {
  /** The limit of attempts. Default: the configured one. */
  readonly limit?: LoginLimit | undefined;
  /** The account needs one of them. Default: any scope of the app. */
  readonly scopes?: readonly Scope[] | undefined;
}

type Terms = LoginTerms & { readonly limit: LoginLimit };

/** The only place where passwords are checked. Every attempt counts as a failure until its password proves right. */
@Injectable()
export class LoginService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly throttle: LoginThrottleRepository,
    private readonly recorder: SignInRecorder,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly unfinished: UnfinishedWork,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {}

  async authenticate(subject: LoginSubject, password: string, terms: LoginTerms = {}): Promise<LoginResult> {
    const { limit = this.options.settings.login, scopes } = terms;
    // tracked until its end: an aborted attempt would count as a failure
    return this.unfinished.track(this.attempt(subject, password, { limit, scopes }));
  }

  private async attempt(subject: LoginSubject, password: string, terms: Terms): Promise<LoginResult> {
    const { limit } = terms;
    if (!isName(subject.username)) {
      await verifyPassword(password, undefined);
      this.recorder.tellRefused({ ...NOBODY, kind: subject.kind });
      return { outcome: 'refused' };
    }
    const reservation = await this.throttle.reserve(subject, limit, this.clock.now());
    if (!reservation) {
      return { outcome: 'blocked', secondsLeft: (await this.secondsBlocked(subject)) ?? limit.blockSeconds };
    }
    try {
      return await this.judge(subject, password, terms, reservation);
    } catch (error) {
      // an attempt that could not be checked is not a failure
      await this.throttle.giveBack(subject, limit).catch(() => undefined);
      throw error;
    }
  }

  private async judge(
    subject: LoginSubject,
    password: string,
    { limit, scopes }: Terms,
    { blockedUntil }: Reservation,
  ): Promise<LoginResult> {
    const credentials = await this.accounts.findByUsername(subject.kind, subject.username);
    const matches = await verifyPassword(password, credentials?.passwordHash);
    const judged = this.judgementOf(credentials, matches, scopes);
    if (typeof judged === 'string') {
      const { kind } = subject;
      await this.refuse(subject, limit, { kind, accountId: credentials?.id, reason: judged, blockedUntil });
      return { outcome: 'refused' };
    }
    await this.throttle.forget(subject);
    return { outcome: 'authenticated', credentials: judged };
  }

  private judgementOf(
    credentials: Credentials | undefined,
    matches: boolean,
    needed: LoginTerms['scopes'],
  ): Credentials | SignInRefusal {
    if (!credentials) return 'unknown-account';
    if (!matches) return 'wrong-password';
    if (!credentials.eligible) return 'inactive';
    const scopes = scopesOf(credentials, this.options.audience);
    return scopes.some((scope) => needed?.includes(scope) ?? true) ? credentials : 'no-access';
  }

  /**
   * Runs the same statements for every name. The trail gets no more entries about a name than the limit allows
   * failures.
   */
  private async refuse(subject: LoginSubject, limit: LoginLimit, refused: RefusedSignIn): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const isWithin = await this.throttle.countRefusal(subject, limit, this.clock.now(), manager);
      if (isWithin) await this.recorder.recordRefused(refused, manager);
    });
    this.recorder.tellRefused(refused);
  }

  /** @returns undefined if the subject is not blocked */
  async secondsBlocked(subject: LoginSubject): Promise<number | undefined> {
    if (!isName(subject.username)) return undefined;
    const now = this.clock.now();
    const until = await this.throttle.blockedUntil(subject, now);
    return until && Math.ceil((until.getTime() - now.getTime()) / 1000);
  }
}

/** The result for a name that no account can have. */
const NOBODY = { accountId: undefined, reason: 'unknown-account', blockedUntil: null } as const;

/** PostgreSQL texts cannot contain NUL, so no account name does. */
function isName(username: string): boolean {
  return !username.includes('\0');
}

import { Inject, Injectable } from '@nestjs/common';
import { Clock, UnfinishedWork } from '#platform';
import type { Credentials } from '../accounts/account.js';
import { AccountRepository } from '../accounts/account.repository.js';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { verifyPassword } from '../passwords/password-hashing.js';
import { scopesOf } from '../tokens/scopes.js';
import { LoginThrottleRepository, type LoginLimit, type LoginSubject } from './login-throttle.repository.js';

export type LoginResult =
  | { readonly outcome: 'authenticated'; readonly credentials: Credentials }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'blocked'; readonly secondsLeft: number };

/** The only judge of passwords: every attempt counts as a failure until it was found right. */
@Injectable()
export class LoginService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly throttle: LoginThrottleRepository,
    private readonly clock: Clock,
    private readonly unfinished: UnfinishedWork,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {}

  /** @param limit of attempts; the configured one unless the endpoint has its own */
  async authenticate(subject: LoginSubject, password: string, limit?: LoginLimit): Promise<LoginResult> {
    // an attempt that was cut would count as a failure
    return this.unfinished.track(this.attempt(subject, password, limit ?? this.options.settings.login));
  }

  private async attempt(subject: LoginSubject, password: string, limit: LoginLimit): Promise<LoginResult> {
    if (!isName(subject.username)) {
      await verifyPassword(password, undefined);
      return { outcome: 'refused' };
    }
    if (!(await this.throttle.reserve(subject, limit, this.clock.now()))) {
      return { outcome: 'blocked', secondsLeft: (await this.secondsBlocked(subject)) ?? limit.blockSeconds };
    }
    try {
      return await this.judge(subject, password);
    } catch (error) {
      // whoever could not be answered did not fail
      await this.throttle.giveBack(subject, limit).catch(() => undefined);
      throw error;
    }
  }

  private async judge(subject: LoginSubject, password: string): Promise<LoginResult> {
    const credentials = await this.accounts.findByUsername(subject.kind, subject.username);
    const matches = await verifyPassword(password, credentials?.passwordHash);
    const hasScopes = credentials !== undefined && scopesOf(credentials, this.options.audience).length > 0;
    if (!matches || !credentials?.eligible || !hasScopes) return { outcome: 'refused' };
    await this.throttle.forget(subject);
    return { outcome: 'authenticated', credentials };
  }

  /** @returns undefined when the subject is not blocked */
  async secondsBlocked(subject: LoginSubject): Promise<number | undefined> {
    if (!isName(subject.username)) return undefined;
    const now = this.clock.now();
    const until = await this.throttle.blockedUntil(subject, now);
    return until && Math.ceil((until.getTime() - now.getTime()) / 1000);
  }
}

/** PostgreSQL has no NUL in texts, and so no account has one in its name. */
function isName(username: string): boolean {
  return !username.includes('\0');
}

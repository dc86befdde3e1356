import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#platform';
import type { Credentials } from '../accounts/account.js';
import { AUTH_OPTIONS, LOGIN_BOUND_STATE, type AuthOptions, type LoginBoundState } from '../auth.options.js';
import type { AgentPrincipal, Principal } from '../principal.js';
import { SessionEndService } from '../sessions/session-end.service.js';
import { SessionOpeningService } from '../sessions/session-opening.service.js';
import type { NewSession } from '../sessions/session.repository.js';
import { PrincipalVerifier } from '../tokens/principal-verifier.js';
import { PageSessionRepository, type Moment } from './page-session.repository.js';

const TOKEN_BYTES = 32;
const TOUCH_SECONDS = 60;

/** A session of pages that was opened, or got a new token. */
export interface OpenedPageSession {
  /** The value of the cookie; the database knows its SHA-256 alone. */
  readonly token: string;
  /** A code of the second factor is asked for before anything else. */
  readonly awaitsSecondStep: boolean;
  readonly principal: Principal;
}

/** Who calls a page, by a cookie that was verified. */
export interface PagePrincipal {
  readonly principal: Principal;
  readonly awaitsSecondStep: boolean;
}

/** Logins on pages: a login session like those of tokens, held by a cookie in place of them. */
@Injectable()
export class PageSessionService {
  constructor(
    private readonly sessions: PageSessionRepository,
    private readonly opening: SessionOpeningService,
    private readonly ends: SessionEndService,
    private readonly verifier: PrincipalVerifier,
    private readonly clock: Clock,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Inject(LOGIN_BOUND_STATE) private readonly loginBoundState: LoginBoundState,
  ) {}

  /**
   * Opens a session for an account whose password was found right; what older logins left behind is void first. Where the
   * account has a second factor, the session awaits its code.
   *
   * @returns undefined when the password was changed or the account ended meanwhile
   */
  async open(credentials: Credentials): Promise<OpenedPageSession | undefined> {
    const { kind, id } = credentials;
    await this.loginBoundState.voidCodesOf(credentials);
    const awaitsSecondStep = (await this.loginBoundState.activeMethods(kind, [id])).has(id);
    return this.opened(credentials, null, awaitsSecondStep);
  }

  /**
   * Opens a session in which an agent who is signed in acts for a customer. It voids no codes, asks for no second step, and
   * never outlives the agent's own session.
   *
   * @returns undefined when the customer's account, the agent's role or the agent's session ended meanwhile
   */
  impersonate(customer: Credentials, { account, sessionId }: AgentPrincipal): Promise<OpenedPageSession | undefined> {
    return this.opened(customer, { id: account.id, sessionId }, false);
  }

  /** @returns undefined for a token that is unknown, idle for too long or over, or of an ended account or session */
  async find(token: string): Promise<PagePrincipal | undefined> {
    const moment = this.moment();
    const found = await this.sessions.find(hashOf(token), this.options.audience, moment);
    const principal = found && (await this.principalOf(found.sessionId));
    if (!principal) return undefined;
    if (found.lastUsedAt < moment.touchedSince) await this.sessions.touch(found, moment);
    return { principal, awaitsSecondStep: found.awaitsSecondStep };
  }

  /**
   * Gives a session a new token after a code was accepted; the second step of its sign-in is taken.
   *
   * @returns the new token; undefined when another request was faster, or the session is over
   */
  async rotate(token: string): Promise<string | undefined> {
    const next = newToken();
    return (await this.sessions.rotate(hashOf(token), next.hash, this.moment())) ? next.token : undefined;
  }

  /** Ends the session with all that belongs to it. */
  end({ sessionId }: Principal): Promise<void> {
    return this.ends.endSession(sessionId);
  }

  private async opened(
    credentials: Credentials,
    agent: NewSession['agent'],
    awaitsSecondStep: boolean,
  ): Promise<OpenedPageSession | undefined> {
    const { token, hash } = newToken();
    const now = this.clock.now();
    const expiresAt = after(now, this.options.settings.pages.sessionSeconds);
    const sessionId = await this.opening.open(credentials, agent, { page: { hash, now, expiresAt, awaitsSecondStep } });
    const principal = sessionId === undefined ? undefined : await this.principalOf(sessionId);
    return principal && { token, awaitsSecondStep, principal };
  }

  private async principalOf(sessionId: string): Promise<Principal | undefined> {
    const principal = await this.verifier.verifySession(sessionId);
    return principal ? { ...principal, holdsGrant: true } : undefined;
  }

  private moment(): Moment {
    const now = this.clock.now();
    const { sessionIdleSeconds } = this.options.settings.pages;
    return { now, idleSince: after(now, -sessionIdleSeconds), touchedSince: after(now, -TOUCH_SECONDS) };
  }
}

function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, hash: hashOf(token) };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function after(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1000);
}

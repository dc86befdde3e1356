import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#platform';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import type { Principal } from '../principal.js';
import { LiveSessionRepository, type LiveSession } from '../sessions/live-session.repository.js';
import type { AccessTokenClaims } from './claims.js';
import { scopesOf, WAREHOUSE_SCOPE } from './scopes.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Finds the caller from the claims of a token whose signature is valid. The session row also has the account's state.
 */
@Injectable()
export class PrincipalVerifier {
  constructor(
    private readonly sessions: LiveSessionRepository,
    private readonly clock: Clock,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {}

  /** @returns false if the token has expired, or its session or account was ended */
  async verify({ kind, sub, sid, exp, act }: AccessTokenClaims): Promise<Principal | false> {
    if (typeof exp !== 'number' || exp * 1000 <= this.clock.now().getTime()) return false;
    if (typeof sid !== 'string' || !UUID.test(sid)) return false;
    const session = await this.sessions.find(sid);
    if (!session) return false;
    if (session.warehouseUuid !== null) {
      return kind === undefined && sub === session.warehouseUuid && { sessionId: sid, scopes: [WAREHOUSE_SCOPE] };
    }
    if (kind !== session.kind || sub !== session.accountId || !isActor(act, session.agent)) return false;
    return this.principalOf(session);
  }

  /**
   * An agent may be acting in the session: `session.agent` tells.
   *
   * @returns false if the session is over or is of a warehouse, or its account is gone, or the agent who acts for it
   */
  async verifySession(sessionId: string): Promise<Principal | false> {
    const session = await this.sessions.find(sessionId);
    return session?.warehouseUuid === null && this.principalOf(session);
  }

  /** The account's current rights count, not those at the opening of the session. */
  private principalOf(session: LiveSession): Principal | false {
    const { id: sessionId, kind, accountId, agent } = session;
    const scopes = scopesOf({ ...session, agentId: agent?.id ?? null }, this.options.audience);
    return scopes.length > 0 && { sessionId, scopes, account: { kind, id: accountId }, session };
  }
}

/** Whether the token names the session's agent, or nobody if no agent acts for the account. */
function isActor(act: AccessTokenClaims['act'], agent: LiveSession['agent']): boolean {
  return agent ? act?.kind === 'user' && act.sub === agent.id : act === undefined;
}

import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account, AccountKind, Origin } from '#mfa';
import { requestContext } from '#platform';
import { AUTH_OPTIONS, LOGIN_BOUND_STATE, type AuthOptions, type LoginBoundState } from '../auth.options.js';
import type { SignInRefusal, SignInWay } from './sign-in.js';

/** A session in which somebody may act for an account from now on. */
export interface OpenedSession {
  readonly account: Account;
  readonly sessionId: string;
  readonly by: SignInWay;
  /** The user that acts for the customer. */
  readonly agentId?: string | null;
}

/** An attempt that opened nothing. */
export interface RefusedSignIn {
  readonly kind: AccountKind;
  /** Undefined: nobody has the name. */
  readonly accountId: string | undefined;
  readonly reason: SignInRefusal;
  /** The attempt began a block of the name and address. */
  readonly blockedUntil: Date | null;
}

/** Tells the trail and the log of logins: the trail in the transaction of what happened, the log behind it. */
@Injectable()
export class SignInRecorder {
  private readonly logger = new Logger('SignIn');

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Inject(LOGIN_BOUND_STATE) private readonly loginBoundState: LoginBoundState,
  ) {}

  /** An agent that acts for a customer is an entry of both, the customer's first: so no two of them wait for each other. */
  async recordOpened(session: OpenedSession, manager: EntityManager): Promise<void> {
    const { account, agent } = partiesOf(session);
    const { sessionId, by } = session;
    const actor = { ...(agent ?? account), ...(agent && { onBehalfOf: account }), sessionId, origin: currentOrigin() };
    const details = { app: this.options.audience, by };
    for (const one of agent ? [account, agent] : [account]) {
      await this.loginBoundState.recordSignIn({ account: one, actor, event: 'signed-in', details }, manager);
    }
  }

  tellOpened(session: OpenedSession): void {
    const { account, agent } = partiesOf(session);
    this.logger.log({
      event: 'sign_in.succeeded',
      ...membersOf(agent ?? account),
      sessionId: session.sessionId,
      ...(agent && { actsForKind: account.kind, actsForId: account.id }),
      by: session.by,
    });
  }

  /** The same statements whether there is such an account or not, and whether it has a second factor. */
  async recordRefused(
    { kind, accountId = '', reason, blockedUntil }: RefusedSignIn,
    manager: EntityManager,
  ): Promise<void> {
    const account = { kind, id: accountId };
    const actor = { ...account, origin: currentOrigin() };
    const reasons = [
      { reason },
      ...(blockedUntil ? [{ reason: 'blocked' satisfies SignInRefusal, blockedUntil }] : []),
    ];
    for (const one of reasons) {
      const details = { app: this.options.audience, ...one };
      await this.loginBoundState.recordSignIn({ account, actor, event: 'sign-in-refused', details }, manager);
    }
  }

  /** Never the name: people mistype passwords as names. */
  tellRefused({ kind, accountId, reason, blockedUntil }: RefusedSignIn): void {
    const account = accountId === undefined ? { accountKind: kind } : membersOf({ kind, id: accountId });
    this.logger.log({ event: 'sign_in.refused', ...account, reason, ...(blockedUntil && { blockedNow: true }) });
  }
}

interface Parties {
  readonly account: Account;
  readonly agent: Account | undefined;
}

/** Bare accounts: what is known of one beside, its password hash for one, is not for the trail. */
function partiesOf({ account: { kind, id }, agentId }: OpenedSession): Parties {
  return { account: { kind, id }, agent: agentId ? { kind: 'user', id: agentId } : undefined };
}

function membersOf({ kind, id }: Account): object {
  return { accountKind: kind, accountId: id };
}

function currentOrigin(): Origin {
  const { requestId, client } = requestContext.getStore() ?? {};
  return { ...(requestId !== undefined && { requestId }), ...(client && { clientAddress: client.address }) };
}

import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account, AccountKind, Origin } from '#mfa';
import { requestContext } from '#platform';
import { AUTH_OPTIONS, LOGIN_BOUND_STATE, type AuthOptions, type LoginBoundState } from '../auth.options.js';
import type { SignInRefusal, SignInWay } from './sign-in.js';

/** A newly opened session, in which somebody can act for the account. */
export interface OpenedSession {
  readonly account: Account;
  readonly sessionId: string;
  readonly by: SignInWay;
  /** The user that acts for the customer. */
  readonly agentId?: string | null;
  /** On pages: the password was right, and the code is asked for next. */
  readonly awaitsSecondStep?: boolean;
}

/** A refused login. */
export interface RefusedSignIn {
  readonly kind: AccountKind;
  /** Undefined if no account has the name. */
  readonly accountId: string | undefined;
  readonly reason: SignInRefusal;
  /** Set if the attempt started a block of the name and address. */
  readonly blockedUntil: Date | null;
}

/** Records logins in the trail, within the transaction, and in the log afterwards. */
@Injectable()
export class SignInRecorder {
  private readonly logger = new Logger('SignIn');

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Inject(LOGIN_BOUND_STATE) private readonly loginBoundState: LoginBoundState,
  ) {}

  /**
   * If an agent acts for a customer, both trails get an entry. The customer's is always written first, so that parallel
   * logins do not deadlock.
   */
  async recordOpened(session: OpenedSession, manager: EntityManager): Promise<void> {
    const { account, agent } = partiesOf(session);
    const { sessionId, by, awaitsSecondStep = false } = session;
    const actor = { ...(agent ?? account), ...(agent && { onBehalfOf: account }), sessionId, origin: currentOrigin() };
    const details = { app: this.options.audience, by, ...(awaitsSecondStep && { awaitsSecondStep }) };
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
      ...(session.awaitsSecondStep && { awaitsSecondStep: true }),
    });
  }

  /** Runs the same statements, whether or not the account exists and has a second factor. */
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

  /** Never logs the name: people sometimes type their password as the name. */
  tellRefused({ kind, accountId, reason, blockedUntil }: RefusedSignIn): void {
    const account = accountId === undefined ? { accountKind: kind } : membersOf({ kind, id: accountId });
    this.logger.log({ event: 'sign_in.refused', ...account, reason, ...(blockedUntil && { blockedNow: true }) });
  }
}

interface Parties {
  readonly account: Account;
  readonly agent: Account | undefined;
}

/** Copies kind and id only: other members, such as the password hash, must not get into the trail. */
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

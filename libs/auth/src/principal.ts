import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Account, Origin } from '#mfa';
import type { ClientRequest } from '#platform';
import type { LiveSession } from './sessions/live-session.repository.js';

/** Who calls, by a token that was verified. */
export interface Principal {
  readonly sessionId: string;
  readonly scopes: readonly string[];
  /** Absent for a token that stands for no account, such as a warehouse's. */
  readonly account?: Account;
  /** What the database says of the account now; there with `account`. */
  readonly session?: LiveSession;
}

/** A principal that is a user's account. */
export interface AgentPrincipal extends Principal {
  readonly account: Account & { readonly kind: 'user' };
}

/** Whether somebody may act as an agent: a user with that scope, in a session of their own. */
export function isAgent(principal: Principal | undefined): principal is AgentPrincipal {
  return principal?.account?.kind === 'user' && principal.scopes.includes('agent');
}

export interface RequestWithPrincipal {
  user?: Principal;
  /** The agent that names itself beside, or instead of, the caller of `user`. */
  agent?: AgentPrincipal;
}

/** The caller of a route that needs a token. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { user } = context.switchToHttp().getRequest<RequestWithPrincipal>();
  if (!user) throw new TypeError('@CurrentPrincipal() on a public route');
  return user;
});

/** The caller with what the second factor needs: account, session, and how to reach the person. */
export interface ReachableCaller {
  readonly account: Account;
  readonly sessionId: string;
  readonly email: string;
  readonly locale: string;
  /** Whom the account acts for: an agent for a customer. */
  readonly onBehalfOf?: Account;
  /** What policies may name the account by, and whom it acts for: `customers`, `company:<name>`, `role:<role>`. */
  readonly policyKeys: readonly string[];
  readonly origin: Origin;
}

/**
 * Where an agent acts for a customer, the account is the agent's (contract: MFA, section 4, rule 9).
 *
 * @returns undefined for a request of nobody with an account: a guest, or a token that stands for something else
 */
export function callerOf(request: unknown): ReachableCaller | undefined {
  const { user } = request as RequestWithPrincipal;
  if (!user?.account || !user.session) return undefined;
  const { account, sessionId, session } = user;
  const { agent, email, locale } = session;
  const common = { sessionId, policyKeys: policyKeysOf(session), origin: originOf(request) };
  if (!agent) return { ...common, account, email, locale };
  return {
    ...common,
    account: { kind: 'user', id: agent.id },
    email: agent.email,
    locale: agent.locale,
    onBehalfOf: account,
  };
}

/** The caller of a route that is for accounts only, as the second factor knows them. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): ReachableCaller => {
  const caller = callerOf(context.switchToHttp().getRequest());
  if (!caller) throw new TypeError('@CurrentCaller() on a route for others than accounts');
  return caller;
});

/** Where the request of a public route comes from. */
export const CurrentOrigin = createParamDecorator((_: unknown, context: ExecutionContext): Origin =>
  originOf(context.switchToHttp().getRequest()),
);

function originOf(request: unknown): Origin {
  const { id, client } = request as { readonly id?: string } & Partial<ClientRequest>;
  return { ...(id !== undefined && { requestId: id }), ...(client && { clientAddress: client.address }) };
}

/** An agent is under the policies of the customer too: a stolen agent's password opens nothing that the customer's does not. */
function policyKeysOf({ kind, roles, companies, agent }: LiveSession): readonly string[] {
  return [
    ...(kind === 'customer' ? ['customers'] : []),
    ...companies.map((name) => `company:${name}`),
    ...[...roles, ...(agent?.roles ?? [])].map((role) => `role:${role}`),
  ];
}

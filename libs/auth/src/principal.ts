import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Account, Origin } from '#mfa';
import type { ClientRequest } from '#platform';
import type { LiveSession } from './sessions/live-session.repository.js';

/** The caller, identified by a verified token. */
export interface Principal {
  readonly sessionId: string;
  readonly scopes: readonly string[];
  /** Absent if the token does not represent an account but, for example, a warehouse. */
  readonly account?: Account;
  /** The current state of the session in the database. Present together with `account`. */
  readonly session?: LiveSession;
  /** A session of pages, which repeats no code within its grant. */
  readonly holdsGrant?: boolean;
}

/** A principal with the account of a user. */
export interface AgentPrincipal extends Principal {
  readonly account: Account & { readonly kind: 'user' };
}

/** Whether the principal is an agent: a user with the scope `agent`. */
export function isAgent(principal: Principal | undefined): principal is AgentPrincipal {
  return principal?.account?.kind === 'user' && principal.scopes.includes('agent');
}

export interface RequestWithPrincipal {
  user?: Principal;
  /** The agent from `X-Agent-Authorization`. `user` may be another caller or be absent. */
  agent?: AgentPrincipal;
}

/** The caller of a route that requires a token. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { user } = context.switchToHttp().getRequest<RequestWithPrincipal>();
  if (!user) throw new TypeError('@CurrentPrincipal() on a public route');
  return user;
});

/** The caller as the second factor needs it: account, session, and mail address. */
export interface ReachableCaller {
  readonly account: Account;
  readonly sessionId: string;
  readonly email: string;
  readonly locale: string;
  /** The account that the caller acts for: an agent acts for a customer. */
  readonly onBehalfOf?: Account;
  /**
   * The names under which policies apply to the account or to `onBehalfOf`: `customers`, `company:<name>`,
   * `role:<role>`.
   */
  readonly policyKeys: readonly string[];
  readonly origin: Origin;
  /** See `Caller` of libs/mfa. */
  readonly holdsGrant: boolean;
}

/**
 * If an agent acts for a customer, the account is the agent's (contract: MFA, section 4, rule 9).
 *
 * @returns undefined if the request has no account: a guest, or a token that represents something else
 */
export function callerOf(request: unknown): ReachableCaller | undefined {
  const { user } = request as RequestWithPrincipal;
  if (!user?.account || !user.session) return undefined;
  const { account, sessionId, session, holdsGrant = false } = user;
  const { agent, email, locale } = session;
  const common = { sessionId, policyKeys: policyKeysOf(session), origin: originOf(request), holdsGrant };
  if (!agent) return { ...common, account, email, locale };
  return {
    ...common,
    account: { kind: 'user', id: agent.id },
    email: agent.email,
    locale: agent.locale,
    onBehalfOf: account,
  };
}

/** The caller of a route for accounts only, as the second factor needs it. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): ReachableCaller => {
  const caller = callerOf(context.switchToHttp().getRequest());
  if (!caller) throw new TypeError('@CurrentCaller() on a route for others than accounts');
  return caller;
});

/** The origin of a request to a public route. */
export const CurrentOrigin = createParamDecorator((_: unknown, context: ExecutionContext): Origin =>
  originOf(context.switchToHttp().getRequest()),
);

interface RequestOfOrigin extends Partial<ClientRequest> {
  readonly id?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

function originOf(request: unknown): Origin {
  const { id, client, headers } = request as RequestOfOrigin;
  const userAgent = headers?.['user-agent'];
  return {
    ...(id !== undefined && { requestId: id }),
    ...(client && { clientAddress: client.address }),
    ...(userAgent !== undefined && { userAgent }),
  };
}

/**
 * The customer's policies apply to an agent too: an agent's stolen password gives no more access than the customer's.
 */
function policyKeysOf({ kind, roles, companies, agent }: LiveSession): readonly string[] {
  return [
    ...(kind === 'customer' ? ['customers'] : []),
    ...companies.map((name) => `company:${name}`),
    ...[...roles, ...(agent?.roles ?? [])].map((role) => `role:${role}`),
  ];
}

import { AUTH_ERRORS, isAgent, type AgentPrincipal } from '#auth';
import { accessControl, type AccessRequest } from '#http';
import { ApiException, headerOf } from '#json-api';
import { ACCESS_ERRORS } from './access.errors.js';
import { guestOf } from './shopper.js';

const { invalidAccessToken, missingAccessToken, invalidAgentToken, agentOnly, twoIdentities } = AUTH_ERRORS;

/**
 * Who may call a route: a customer with a token; a guest with `X-Anonymous-Customer-Unique-Id`; either of them; an
 * agent with one of the two headers; or anybody with a token. The default is customers.
 */
export const { Route, AccessGuard, refusalsOf } = accessControl({
  rules: {
    customer: { security: ['bearer'], errors: [missingAccessToken, ACCESS_ERRORS.notCustomer], check: assertCustomer },
    guest: {
      isPublic: true,
      security: ['guest'],
      errors: [ACCESS_ERRORS.missingGuestId],
    },
    'customer-or-guest': {
      isPublic: true,
      security: ['bearer', 'guest'],
      errors: [missingAccessToken, ACCESS_ERRORS.notCustomer],
      check: assertCustomerOrGuest,
    },
    agent: {
      isPublic: true,
      security: ['bearer', 'agent'],
      errors: [agentOnly],
      check: (request) => {
        request.agent = agentOf(request);
      },
    },
    account: { security: ['bearer'], errors: [missingAccessToken] },
  },
  fallback: 'customer',
  mfaEndpoints: 'account',
  tokens: { errors: [twoIdentities, invalidAgentToken, invalidAccessToken] },
});

function assertCustomer(request: AccessRequest): void {
  if (!request.user || request.user.scopes.includes('customer')) return;
  // a request with only the agent's own header has no access token
  const sent = headerOf(request, 'authorization')?.trim();
  throw new ApiException(sent ? ACCESS_ERRORS.notCustomer : missingAccessToken);
}

/** An empty `Authorization` header counts as missing, but a guest does not need one. */
function assertCustomerOrGuest(request: AccessRequest): void {
  if (headerOf(request, 'authorization')?.trim() === '' && !guestOf(request)) {
    throw new ApiException(missingAccessToken);
  }
  assertCustomer(request);
}

/** The agent from either header. */
function agentOf({ agent, user }: AccessRequest): AgentPrincipal {
  if (agent) return agent;
  if (!isAgent(user)) throw new ApiException(agentOnly);
  return user;
}

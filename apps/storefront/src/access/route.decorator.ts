import { AUTH_ERRORS, isAgent, type AgentPrincipal } from '#auth';
import { accessControl, type AccessRequest } from '#http';
import { ApiException, headerOf } from '#json-api';
import { ACCESS_ERRORS } from './access.errors.js';
import { guestOf } from './shopper.js';

const { invalidAccessToken, missingAccessToken, invalidAgentToken, agentOnly, twoIdentities } = AUTH_ERRORS;

/**
 * Who may call a route: a customer by token; a guest by `X-Anonymous-Customer-Unique-Id`; either of the two; an agent by
 * one of the two headers; whoever has a token. A route that says nothing is for customers.
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
  // an agent that named itself in its own header sent no access token at all
  const sent = headerOf(request, 'authorization')?.trim();
  throw new ApiException(sent ? ACCESS_ERRORS.notCustomer : missingAccessToken);
}

/** An empty `Authorization` is a missing one; a guest has no need of it. */
function assertCustomerOrGuest(request: AccessRequest): void {
  if (headerOf(request, 'authorization')?.trim() === '' && !guestOf(request)) {
    throw new ApiException(missingAccessToken);
  }
  assertCustomer(request);
}

/** The agent, by whichever header. */
function agentOf({ agent, user }: AccessRequest): AgentPrincipal {
  if (agent) return agent;
  if (!isAgent(user)) throw new ApiException(agentOnly);
  return user;
}

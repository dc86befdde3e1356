import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import { AUTH_ERRORS, isAgent, type AgentPrincipal, type RequestWithPrincipal } from '#auth';
import { ApiException, headerOf, type JsonApiHttpRequest } from '#json-api';
import { MFA_ENDPOINT } from '#mfa';
import { PUBLIC } from '#platform';
import { ACCESS_ERRORS } from './access.errors.js';
import { ACCESS, type Access } from './route.decorator.js';
import { guestOf } from './shopper.js';

type AccessRequest = JsonApiHttpRequest & RequestWithPrincipal;

/**
 * Lets a caller reach the routes that are for them; before the second factor, so that nobody is asked for a code in vain.
 *
 * A route that says nothing is for customers.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<AccessRequest>();
    const access = this.accessOf(context);
    if (access !== 'public') this.keepOutOfCaches(context);
    if (access === 'agent') request.agent = agentOf(request);
    const isForCustomers = access === 'customer' || access === 'customer-or-guest';
    if (access === 'customer-or-guest' && hasEmptyToken(request))
      throw new ApiException(AUTH_ERRORS.missingAccessToken);
    if (isForCustomers && request.user && !request.user.scopes.includes('customer')) {
      // an agent that named itself in its own header sent no access token at all
      const sent = headerOf(request, 'authorization')?.trim();
      throw new ApiException(sent ? ACCESS_ERRORS.notCustomer : AUTH_ERRORS.missingAccessToken);
    }
    return true;
  }

  /** Caches know nothing of the headers that name guests and agents. */
  private keepOutOfCaches(context: ExecutionContext): void {
    this.adapterHost.httpAdapter.setHeader(context.switchToHttp().getResponse(), 'cache-control', 'no-store');
  }

  private accessOf(context: ExecutionContext): Access {
    const targets = [context.getHandler(), context.getClass()];
    const declared = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, targets);
    if (declared) return declared;
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, targets)) return 'public';
    return this.reflector.get<boolean>(MFA_ENDPOINT, context.getHandler()) ? 'account' : 'customer';
  }
}

/** An empty `Authorization` is a missing one; a guest has no need of it. */
function hasEmptyToken(request: AccessRequest): boolean {
  return headerOf(request, 'authorization')?.trim() === '' && !guestOf(request);
}

/** The agent, by whichever header. */
function agentOf({ agent, user }: AccessRequest): AgentPrincipal {
  if (agent) return agent;
  if (!isAgent(user)) throw new ApiException(AUTH_ERRORS.agentOnly);
  return user;
}

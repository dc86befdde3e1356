import { Inject, Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { ApiException, headerOf, type JsonApiHttpRequest } from '#json-api';
import { isForBrowsers } from '#platform';
import { AUTH_ERRORS } from './auth-errors.js';
import { AUTH_OPTIONS, type AuthOptions } from './auth.options.js';
import type { AgentPrincipal } from './principal.js';
import { agentStrategy } from './tokens/jwt.strategy.js';

/**
 * Checks the agent's token in `X-Agent-Authorization`, on any route but pages. A value of fewer than two words counts as no
 * header.
 */
@Injectable()
export class AgentAuthGuard extends AuthGuard() {
  constructor(
    private readonly reflector: Reflector,
    @Inject(AUTH_OPTIONS) { strategy }: AuthOptions,
  ) {
    super({ defaultStrategy: agentStrategy(strategy), property: 'agent' });
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (isForBrowsers(this.reflector, context)) return true;
    const request = context.switchToHttp().getRequest<JsonApiHttpRequest>();
    const words = headerOf(request, 'x-agent-authorization')?.trim().split(/\s+/) ?? [];
    if (words.length >= 2) await super.canActivate(context); // throws if the token is refused
    return true;
  }

  override handleRequest<User = AgentPrincipal>(error: unknown, agent: User | false): User {
    if (error) throw error; // the session could not be read; an invalid token is not an error here
    if (!agent) throw new ApiException(AUTH_ERRORS.invalidAgentToken);
    return agent;
  }
}

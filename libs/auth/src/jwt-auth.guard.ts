import { Inject, Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { ApiException, headerOf, type JsonApiHttpRequest } from '#json-api';
import { isForBrowsers, PUBLIC } from '#platform';
import { AUTH_OPTIONS, type AuthOptions } from './auth.options.js';
import type { Principal, RequestWithPrincipal } from './principal.js';
import { ISSUES_TOKENS } from './tokens/issues-tokens.decorator.js';

/**
 * The token check of both apps. Every route needs a valid token, except public ones; an invalid token is refused there
 * too. Pages ignore tokens.
 *
 * Routes that issue tokens treat an expired token like no token. If a request has only `X-Agent-Authorization`, the
 * agent is the caller.
 */
@Injectable()
export class JwtAuthGuard extends AuthGuard() {
  constructor(
    private readonly reflector: Reflector,
    @Inject(AUTH_OPTIONS) private readonly authOptions: AuthOptions,
  ) {
    super({ defaultStrategy: authOptions.strategy });
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (isForBrowsers(this.reflector, context)) return true;
    const { errors } = this.authOptions;
    const request = context.switchToHttp().getRequest<JsonApiHttpRequest & RequestWithPrincipal>();
    const authorization = headerOf(request, 'authorization')?.trim();
    if (!authorization) {
      if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()])) return true;
      if (!request.agent) throw new ApiException(errors.missing);
      request.user = request.agent;
      return true;
    }
    if (authorization.toLowerCase() === 'bearer') throw new ApiException(errors.emptyBearer);
    await super.canActivate(context); // throws if the token is refused
    return true;
  }

  /**
   * @param flaw what is wrong with the token; undefined for a genuine token that has expired or whose session has ended
   */
  override handleRequest<User = Principal | undefined>(
    error: unknown,
    user: User | false,
    flaw: unknown,
    context: ExecutionContext,
  ): User {
    if (error) throw error; // the session could not be read; an invalid token is not an error here
    if (user) return user;
    const isOver = flaw === undefined;
    if (isOver && this.reflector.get<boolean>(ISSUES_TOKENS, context.getHandler())) return undefined as User;
    throw new ApiException(this.authOptions.errors.invalid);
  }
}

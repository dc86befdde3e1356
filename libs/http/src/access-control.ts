import {
  applyDecorators,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
  type Type,
} from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import type { RequestWithPrincipal } from '#auth';
import {
  ApiRoute,
  GENERIC_ERRORS,
  type ApiErrorRow,
  type JsonApiHttpRequest,
  type RouteChecks,
  type RouteDocumentation,
} from '#json-api';
import { MFA_ENDPOINT, MFA_RESPONSES, Protected, type Protection } from '#mfa';
import { CLIENT_LIMIT_ERROR, LimitedByClient, PUBLIC, type AllowanceOfBody, type ClientAllowance } from '#platform';

export type AccessRequest = JsonApiHttpRequest & RequestWithPrincipal;

/** Who may call a route: the check and its documentation. */
export interface AccessRule extends RouteChecks {
  /** A token is not required. */
  readonly isPublic?: boolean;
  /** @throws ApiException if the caller may not use the route. Without `check` all callers may. */
  readonly check?: (request: AccessRequest) => void;
}

/** Configures who may call an app's routes. */
export interface AccessControlOptions<Access extends string> {
  readonly rules: Readonly<Record<Access, AccessRule>>;
  /** The access of routes that declare none. */
  readonly fallback: NoInfer<Access>;
  /** The access of the endpoints of libs/mfa. */
  readonly mfaEndpoints: NoInfer<Access>;
  /** The token check. It applies to every route, also to public ones if the request has a token. */
  readonly tokens: RouteChecks;
  /** Additional checks of routes with JSON:API documents. */
  readonly documents?: RouteChecks;
}

/** What a route requires, and its documentation. */
export interface RouteOptions<Access extends string> extends RouteDocumentation {
  readonly access: Access | 'public';
  /** Writes to the route need a second factor. */
  readonly mfa?: Protection;
  /** Limits the number of requests from each client address: together with all routes of this allowance. */
  readonly limited?: ClientAllowance | AllowanceOfBody;
}

export interface AccessControl<Access extends string> {
  /**
   * The only decorator that a route needs: who may call it, whether it needs a second factor, and its documentation.
   */
  readonly Route: (options: RouteOptions<Access>) => MethodDecorator;
  /** Lets only callers through that the route is for. */
  readonly AccessGuard: Type<CanActivate>;
  /** The errors of routes with this access, to document the routes of libraries. `public`: the errors of all routes. */
  readonly refusalsOf: (access: Access | 'public') => readonly ApiErrorRow[];
}

/** Metadata key of a route's access. */
export const ACCESS = Symbol('ACCESS');

/** The first checks of a route, before the body is read. */
const CLIENT_LIMIT: RouteChecks = { errors: [GENERIC_ERRORS.foreignOrigin, CLIENT_LIMIT_ERROR] };

/** Creates the route decorator of an app, and the guard that enforces it. */
export function accessControl<Access extends string>(options: AccessControlOptions<Access>): AccessControl<Access> {
  const { rules, tokens, documents } = options;
  const checksOf = (access: Access | 'public'): RouteChecks[] =>
    access === 'public' ? [tokens] : [tokens, rules[access]];
  return {
    Route: ({ access, mfa, limited, ...documentation }) =>
      applyDecorators(
        SetMetadata(ACCESS, access),
        SetMetadata(PUBLIC, access === 'public' || rules[access].isPublic === true),
        ...(limited ? [LimitedByClient(limited)] : []),
        ...(mfa ? [Protected(mfa)] : []),
        ApiRoute(documentation, [
          ...(limited ? [CLIENT_LIMIT] : []),
          ...checksOf(access),
          ...(documents && !isPlain(documentation) ? [documents] : []),
          ...(mfa ? [MFA_RESPONSES] : []),
        ]),
      ),
    AccessGuard: guardOf(options),
    refusalsOf: (access) => [...checksOf(access), ...(documents ? [documents] : [])].flatMap(({ errors }) => errors),
  };
}

function isPlain({ answer }: RouteDocumentation): boolean {
  return answer !== undefined && 'body' in answer;
}

function guardOf<Access extends string>({
  rules,
  fallback,
  mfaEndpoints,
}: AccessControlOptions<Access>): Type<CanActivate> {
  /** Register it before the second factor's guard, so that nobody enters a code for a route that they may not call. */
  @Injectable()
  class AccessGuard implements CanActivate {
    constructor(
      private readonly reflector: Reflector,
      private readonly adapterHost: HttpAdapterHost,
    ) {}

    canActivate(context: ExecutionContext): boolean {
      const access = this.accessOf(context);
      if (access === 'public') return true;
      const http = context.switchToHttp();
      // caches ignore the headers that identify guests and agents
      this.adapterHost.httpAdapter.setHeader(http.getResponse(), 'cache-control', 'no-store');
      rules[access].check?.(http.getRequest<AccessRequest>());
      return true;
    }

    private accessOf(context: ExecutionContext): Access | 'public' {
      const targets = [context.getHandler(), context.getClass()];
      const declared = this.reflector.getAllAndOverride<Access | 'public' | undefined>(ACCESS, targets);
      if (declared) return declared;
      if (this.reflector.getAllAndOverride<boolean>(PUBLIC, targets)) return 'public';
      return this.reflector.get<boolean>(MFA_ENDPOINT, context.getHandler()) ? mfaEndpoints : fallback;
    }
  }
  return AccessGuard;
}

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
  type ApiErrorRow,
  type JsonApiHttpRequest,
  type RouteChecks,
  type RouteDocumentation,
} from '#json-api';
import { MFA_ENDPOINT, MFA_RESPONSES, Protected, type Protection } from '#mfa';
import { CLIENT_LIMIT_ERROR, LimitedByClient, PUBLIC } from '#platform';

export type AccessRequest = JsonApiHttpRequest & RequestWithPrincipal;

/** For whom routes are: what is documented of it, and who is let through. */
export interface AccessRule extends RouteChecks {
  /** A request may come without a token. */
  readonly isPublic?: boolean;
  /** Absent: whoever came this far is let through. @throws ApiException for a caller whom the route is not for */
  readonly check?: (request: AccessRequest) => void;
}

/** How an app controls who calls its routes. */
export interface AccessControlOptions<Access extends string> {
  readonly rules: Readonly<Record<Access, AccessRule>>;
  /** For whom a route is that says nothing. */
  readonly fallback: NoInfer<Access>;
  /** For whom the endpoints of libs/mfa are. */
  readonly mfaEndpoints: NoInfer<Access>;
  /** Tokens that a request has are judged on every route, also on public ones. */
  readonly tokens: RouteChecks;
  /** What routes that answer JSON:API documents judge beside it. */
  readonly documents?: RouteChecks;
}

/** What a route needs and what it answers. */
export interface RouteOptions<Access extends string> extends RouteDocumentation {
  readonly access: Access | 'public';
  /** Its writes need a second factor. */
  readonly mfa?: Protection;
  /** Each client address has an allowance of such requests. */
  readonly limited?: boolean;
}

export interface AccessControl<Access extends string> {
  /** The one decorator of a route: who may call it, whether it needs a second factor, and its documentation. */
  readonly Route: (options: RouteOptions<Access>) => MethodDecorator;
  /** Lets a caller reach the routes that are for them. */
  readonly AccessGuard: Type<CanActivate>;
  /** How routes refuse that are for them, for the documentation of those of libraries; `public`: how all routes do. */
  readonly refusalsOf: (access: Access | 'public') => readonly ApiErrorRow[];
}

/** Metadata key of who may call a route. */
export const ACCESS = Symbol('ACCESS');

/** In front of all else, before the body is read. */
const CLIENT_LIMIT: RouteChecks = { errors: [CLIENT_LIMIT_ERROR] };

/** The decorator of an app's routes, and the guard that does what it says. */
export function accessControl<Access extends string>(options: AccessControlOptions<Access>): AccessControl<Access> {
  const { rules, tokens, documents } = options;
  const checksOf = (access: Access | 'public'): RouteChecks[] =>
    access === 'public' ? [tokens] : [tokens, rules[access]];
  return {
    Route: ({ access, mfa, limited = false, ...documentation }) =>
      applyDecorators(
        SetMetadata(ACCESS, access),
        SetMetadata(PUBLIC, access === 'public' || rules[access].isPublic === true),
        ...(limited ? [LimitedByClient()] : []),
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
  /** It stands before the second factor, so that nobody is asked for a code in vain. */
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
      // caches know nothing of the headers that name guests and agents
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

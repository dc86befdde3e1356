import { Injectable, SetMetadata, type CanActivate, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiException, negotiateLocale, type JsonApiHttpRequest } from '#json-api';
import type { AccountKind } from '#mfa';
import type { ClientRequest } from '#platform';
import { tooManyAttempts } from '../auth-errors.js';
import { LoginService } from './login.service.js';

const LOGIN_KIND = Symbol('LOGIN_KIND');
const LOCALES = ['en_US', 'de_DE'] as const;

/** The kind of account that logs in at a token endpoint. */
export const LoginOf = (kind: AccountKind): CustomDecorator<symbol> => SetMetadata(LOGIN_KIND, kind);

/** Checks the login limit of token endpoints before tokens and the body are checked (contract: section 3). */
@Injectable()
export class LoginLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly logins: LoginService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const kind = this.reflector.get<AccountKind | undefined>(LOGIN_KIND, context.getHandler());
    if (kind === undefined) return true;
    const request = context.switchToHttp().getRequest<JsonApiHttpRequest & ClientRequest>();
    const username = usernameOf(request.body);
    if (username === undefined) return true;
    const seconds = await this.logins.secondsBlocked({ kind, username, client: request.client });
    if (seconds !== undefined) throw loginBlocked(seconds, request);
    return true;
  }
}

/** The error 429 / 4401 with `Retry-After`, in the language of the request. */
export function loginBlocked(secondsLeft: number, request: Pick<JsonApiHttpRequest, 'headers'>): ApiException {
  const row = tooManyAttempts(secondsLeft, negotiateLocale(request, LOCALES));
  return new ApiException(row, { 'retry-after': String(secondsLeft) });
}

interface LoginBody {
  readonly username?: unknown;
  readonly data?: { readonly attributes?: { readonly username?: unknown } };
}

function usernameOf(body: unknown): string | undefined {
  const { username, data } = (body ?? {}) as LoginBody;
  const name = data?.attributes?.username ?? username;
  return typeof name === 'string' ? name : undefined;
}

import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { RequestWithPrincipal } from '#auth';
import { ApiException, RESOURCE_TYPE } from '#json-api';
import { BACKEND_ERRORS } from './backend-errors.js';

type Rule = (type: string, method: string) => boolean;

const isMfaEndpoint: Rule = (type) => type.startsWith('multi-factor-auth-');
const READ_AND_CHANGE = new Set(['GET', 'HEAD', 'PATCH']);

/** What each scope may call (contract: resources, section 1.7). */
const RULES: Readonly<Record<string, Rule>> = {
  'back-office-user': () => true,
  'warehouse-user': (type, method) =>
    isMfaEndpoint(type, method) || (type === 'warehouse-user-assignments' && READ_AND_CHANGE.has(method)),
  'merchant-user': isMfaEndpoint,
  warehouse: isMfaEndpoint,
};

/** Lets a token reach what one of its scopes allows; before the second factor, so that nobody is asked for a code in vain. */
@Injectable()
export class ScopesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<RequestWithPrincipal & { method: string }>();
    const type = this.reflector.getAllAndOverride<string>(RESOURCE_TYPE, [context.getHandler(), context.getClass()]);
    if (!request.user || type === undefined) return true;
    if (request.user.scopes.some((scope) => RULES[scope]?.(type, request.method))) return true;
    throw new ApiException(BACKEND_ERRORS.forbidden);
  }
}

import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AUTH_ERRORS } from '#auth';
import { ApiException, headerOf, type JsonApiHttpRequest } from '#json-api';
import { isForBrowsers } from '#platform';
import { GUEST_HEADER } from './shopper.js';

/**
 * Refuses requests with both a token and a guest id, before either is checked (contract: section 3, order of checks).
 */
@Injectable()
export class TwoIdentitiesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (isForBrowsers(this.reflector, context)) return true;
    const request = context.switchToHttp().getRequest<JsonApiHttpRequest>();
    const isGuest = headerOf(request, GUEST_HEADER) !== undefined;
    if (isGuest && headerOf(request, 'authorization')?.trim()) throw new ApiException(AUTH_ERRORS.twoIdentities);
    return true;
  }
}

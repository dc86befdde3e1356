import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import { ADMINISTRATOR_ROLE, type Principal, type RequestWithPrincipal } from '#auth';
import { ApiException } from '#json-api';
import { MFA_ENDPOINT } from '#mfa';
import { PUBLIC } from '#platform';
import { BACKEND_ERRORS } from '../backend-errors.js';
import { ACCESS, type Access } from './route.decorator.js';

const isBackOffice = ({ scopes }: Principal): boolean => scopes.includes('back-office-user');

const RULES: Readonly<Record<Exclude<Access, 'public'>, (principal: Principal) => boolean>> = {
  account: () => true,
  warehouse: (principal) => isBackOffice(principal) || principal.scopes.includes('warehouse-user'),
  'back-office': isBackOffice,
  administrator: (principal) => isBackOffice(principal) && !!principal.session?.roles.includes(ADMINISTRATOR_ROLE),
};

/**
 * Lets a caller reach the routes that are for them; before the second factor, so that nobody is asked for a code in vain.
 *
 * A route that says nothing is for Back Office users.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const access = this.accessOf(context);
    if (access === 'public') return true;
    const http = context.switchToHttp();
    this.adapterHost.httpAdapter.setHeader(http.getResponse(), 'cache-control', 'no-store');
    const { user } = http.getRequest<RequestWithPrincipal>();
    if (user && RULES[access](user)) return true;
    throw new ApiException(BACKEND_ERRORS.forbidden);
  }

  private accessOf(context: ExecutionContext): Access {
    const targets = [context.getHandler(), context.getClass()];
    const declared = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, targets);
    if (declared) return declared;
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, targets)) return 'public';
    return this.reflector.get<boolean>(MFA_ENDPOINT, context.getHandler()) ? 'account' : 'back-office';
  }
}

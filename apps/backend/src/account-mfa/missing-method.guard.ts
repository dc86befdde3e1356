import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ApiException, GENERIC_ERRORS, type JsonApiHttpRequest } from '#json-api';

/**
 * Refuses a path that ends where the name of a method was to stand: elsewhere a trailing slash changes nothing, here it
 * would remove all methods in place of one.
 */
@Injectable()
export class MissingMethodGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { url } = context.switchToHttp().getRequest<JsonApiHttpRequest>();
    const [path = ''] = url.split(/[?#]/);
    if (path.endsWith('/')) throw new ApiException(GENERIC_ERRORS.missingId);
    return true;
  }
}

import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ApiException, GENERIC_ERRORS, type JsonApiHttpRequest } from '#json-api';

/**
 * Refuses a path whose method name is missing: the router ignores a trailing slash, so the request would remove all
 * methods instead of one.
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

import { Inject, Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import Negotiator from 'negotiator';
import { JSON_API_MEDIA_TYPE } from './content-type.js';
import { ApiException } from './errors/api-exception.js';
import { GENERIC_ERRORS } from './errors/generic-errors.js';
import { JSON_API_OPTIONS, type JsonApiOptions } from './json-api.options.js';
import { negotiateLocale } from './language.js';
import { parsePage } from './query/page.js';
import { headerOf, type JsonApiHttpRequest } from './request.js';
import { RESOURCE_TYPE } from './resource-type.js';

/**
 * Checks headers and paging by the conventions, and sets the language of the response.
 *
 * Register it as an app's first guard: these checks come before the token (contract: section 3, order of checks).
 */
@Injectable()
export class ConventionsGuard implements CanActivate {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly reflector: Reflector,
    @Optional() @Inject(JSON_API_OPTIONS) private readonly options: JsonApiOptions = {},
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (!this.reflector.getAllAndOverride(RESOURCE_TYPE, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<JsonApiHttpRequest>();
    if (this.options.locales) {
      const locale = negotiateLocale(request, this.options.locales);
      this.adapterHost.httpAdapter.setHeader(context.switchToHttp().getResponse(), 'content-language', locale);
    }
    parsePage(request.query);
    if (!isAcceptable(headerOf(request, 'accept')?.trim())) {
      throw new ApiException(this.options.notAcceptable ?? GENERIC_ERRORS.notAcceptable);
    }
    return true;
  }
}

/** Ignores parameters of media types, such as a charset: the responses do not differ in them. */
function isAcceptable(accept: string | undefined): boolean {
  if (!accept) return true;
  const types = accept.replace(/;\s*(?!q\s*=)[^;,]*/gi, '');
  return (
    new Negotiator({ headers: { accept: types } }).mediaTypes([JSON_API_MEDIA_TYPE, 'application/json']).length > 0
  );
}

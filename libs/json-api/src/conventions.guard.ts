import { Inject, Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import Negotiator from 'negotiator';
import { JSON_API_MEDIA_TYPE } from './content-type.js';
import { ApiException } from './errors/api-exception.js';
import { GENERIC_ERRORS } from './errors/generic-errors.js';
import { JSON_API_OPTIONS, type JsonApiOptions } from './json-api.options.js';
import { negotiateLocale } from './language.js';
import { parsePage } from './query/page.js';
import type { JsonApiHttpRequest } from './request.js';
import { RESOURCE_TYPE } from './resource-type.js';

/**
 * Checks what the conventions ask of headers and paging, and names the language of the answer.
 *
 * It belongs first in an app's list of guards: these checks come before the token (contract: section 3, order of checks).
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
    parsePage(request.query);
    if (new Negotiator(request).mediaTypes([JSON_API_MEDIA_TYPE, 'application/json']).length === 0) {
      throw new ApiException(this.options.notAcceptable ?? GENERIC_ERRORS.notAcceptable);
    }
    if (this.options.locales) {
      const locale = negotiateLocale(request, this.options.locales);
      this.adapterHost.httpAdapter.setHeader(context.switchToHttp().getResponse(), 'content-language', locale);
    }
    return true;
  }
}

import {
  Inject,
  Injectable,
  Optional,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import { JSON_API_MEDIA_TYPE } from '../content-type.js';
import { ApiException } from '../errors/api-exception.js';
import { GENERIC_ERRORS } from '../errors/generic-errors.js';
import { JSON_API_OPTIONS, type JsonApiOptions } from '../json-api.options.js';
import type { JsonApiHttpRequest } from '../request.js';
import { DELETES_WITH_DOCUMENT, OPTIONAL_DOCUMENT_TYPE, RESOURCE_TYPE } from '../resource-type.js';
import { quoted } from './if-match.js';
import { requestUrl } from './links.js';
import { assertDocument } from './request-document.js';
import { Collection, Resource } from './resource.js';
import { serialize } from './serializer.js';

const METHODS_WITH_DOCUMENT = new Set(['POST', 'PATCH']);
const METHODS_WITH_ID = new Set(['PATCH', 'DELETE']);

/** Checks request documents (form first, then the id), and turns results into response documents. */
@Injectable()
export class DocumentInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly adapterHost: HttpAdapterHost,
    @Optional() @Inject(JSON_API_OPTIONS) private readonly options: JsonApiOptions = {},
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<JsonApiHttpRequest>();
    this.checkRequest(context, request);
    return next.handle().pipe(map((value: unknown) => this.document(value, context, request)));
  }

  private checkRequest(context: ExecutionContext, request: JsonApiHttpRequest): void {
    if (this.hasDocument(context, request.method)) {
      const type = this.reflector.getAllAndOverride<string>(RESOURCE_TYPE, [context.getHandler(), context.getClass()]);
      assertDocument(request.body, type, this.reflector.get(OPTIONAL_DOCUMENT_TYPE, context.getHandler()) ?? false);
    }
    if (METHODS_WITH_ID.has(request.method) && this.lacksId(context, request)) {
      throw new ApiException(GENERIC_ERRORS.missingId);
    }
  }

  private hasDocument(context: ExecutionContext, method: string): boolean {
    if (METHODS_WITH_DOCUMENT.has(method)) return true;
    return method === 'DELETE' && this.reflector.get<boolean>(DELETES_WITH_DOCUMENT, context.getHandler());
  }

  /** Whether an id is missing: the resource's own, or that of a parent resource. */
  private lacksId(context: ExecutionContext, { params }: JsonApiHttpRequest): boolean {
    return Object.values(params).includes('') || (params['id'] === undefined && this.takesId(context));
  }

  /** Resources of which each caller has only one do not have an id in their path. */
  private takesId(context: ExecutionContext): boolean {
    const paths = [this.reflector.get<string | string[] | undefined>('path', context.getHandler())].flat();
    return paths.some((path) => path?.endsWith(':id'));
  }

  private document(value: unknown, context: ExecutionContext, request: JsonApiHttpRequest): unknown {
    if (!(value instanceof Resource || value instanceof Collection)) return value;
    const response = context.switchToHttp().getResponse();
    const { httpAdapter } = this.adapterHost;
    httpAdapter.setHeader(response, 'content-type', JSON_API_MEDIA_TYPE);
    const etag = value instanceof Resource ? value.options.etag : undefined;
    if (etag !== undefined) httpAdapter.setHeader(response, 'etag', quoted(etag));
    const url = requestUrl(request, this.options.publicUrl);
    return serialize(value, { request, url, nullId: this.options.nullId ?? 'keep' });
  }
}

import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import type { JsonApiHttpRequest } from '#json-api';
import { PAGE_HEADERS, type PageAnswer } from './page.js';
import { PageLayout } from './page-layout.js';
import { pageContextOf } from './session/page-context.js';

/** Writes what handlers of pages answer. */
@Injectable()
export class PageInterceptor implements NestInterceptor<PageAnswer, string> {
  constructor(
    private readonly layout: PageLayout,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<PageAnswer>): Observable<string> {
    const http = context.switchToHttp();
    return next
      .handle()
      .pipe(map((answer) => this.write(answer, http.getRequest<JsonApiHttpRequest>(), http.getResponse<object>())));
  }

  private write(answer: PageAnswer, request: JsonApiHttpRequest, response: object): string {
    if ('location' in answer) {
      this.setHead(response, 303, { 'cache-control': 'no-store', location: answer.location });
      return '';
    }
    this.setHead(response, answer.status ?? 200, { ...answer.headers, ...PAGE_HEADERS });
    const [path] = request.url.split('?', 1);
    return this.layout.render(answer, { ...pageContextOf(request), ...(path !== undefined && { path }) });
  }

  private setHead(response: object, status: number, headers: Readonly<Record<string, string>>): void {
    const { httpAdapter } = this.adapterHost;
    httpAdapter.status(response, status);
    for (const [name, value] of Object.entries(headers)) httpAdapter.setHeader(response, name, value);
  }
}

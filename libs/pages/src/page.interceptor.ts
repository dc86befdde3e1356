import { Readable } from 'node:stream';
import {
  Injectable,
  StreamableFile,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import type { JsonApiHttpRequest } from '#json-api';
import { PageForm } from './forms.js';
import { PAGE_HEADERS, type PageAnswer } from './page.js';
import { PageLayout } from './page-layout.js';
import { KeptForms } from './step-up/kept-forms.js';
import { pageContextOf, type PageContext } from './session/page-context.js';

type Written = string | StreamableFile;

/** Writes what handlers of pages answer. */
@Injectable()
export class PageInterceptor implements NestInterceptor<PageAnswer, Written> {
  constructor(
    private readonly layout: PageLayout,
    private readonly keptForms: KeptForms,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<PageAnswer>): Observable<Written> {
    const request = context.switchToHttp().getRequest<JsonApiHttpRequest & { body?: unknown }>();
    const page = pageContextOf(request);
    if (request.method === 'POST') request.body = this.formOf(request.body, page);
    return next.handle().pipe(map((answer) => this.write(answer, page)));
  }

  /** A form that waited for a code is there again. */
  private formOf(body: unknown, { session, path }: PageContext): PageForm {
    const form = PageForm.of(body);
    const sealed = form.text('kept');
    const sessionId = session?.principal.sessionId;
    const kept = sealed !== '' && sessionId !== undefined && this.keptForms.open(sealed, { sessionId, path });
    return kept ? form.with(kept) : form;
  }

  private write(answer: PageAnswer, context: PageContext): Written {
    if ('location' in answer) {
      this.setHead(context.response, 303, { ...PAGE_HEADERS, location: answer.location });
      return '';
    }
    if ('content' in answer) {
      const disposition = `attachment; filename="${answer.fileName}"`;
      const head = { ...PAGE_HEADERS, 'content-type': answer.type, 'content-disposition': disposition };
      this.setHead(context.response, 200, head);
      return new StreamableFile(Readable.from(answer.content));
    }
    this.setHead(context.response, answer.status ?? 200, { ...answer.headers, ...PAGE_HEADERS });
    return this.layout.render(answer, context);
  }

  private setHead(response: object, status: number, headers: Readonly<Record<string, string>>): void {
    const { httpAdapter } = this.adapterHost;
    httpAdapter.status(response, status);
    for (const [name, value] of Object.entries(headers)) httpAdapter.setHeader(response, name, value);
  }
}

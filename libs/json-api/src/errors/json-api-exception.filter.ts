import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { JSON_API_MEDIA_TYPE } from '../content-type.js';
import type { ApiErrorRow } from './api-error.js';
import { ApiException } from './api-exception.js';
import { errorDocument } from './error-document.js';
import { GENERIC_ERRORS } from './generic-errors.js';

/** How an unexpected error that is not a bug, such as an unavailable database, is answered and logged. */
export interface ClassifiedError {
  readonly row: ApiErrorRow;
  readonly reason: string;
  /** The error's code, for the log. */
  readonly cause?: string | undefined;
}

/** What was decided about a failure, for who writes it. */
export interface Failure {
  readonly status: number;
  /** There where the log has more. */
  readonly requestId: string | undefined;
}

/** An answer that is no document of JSON:API. */
export interface RenderedError {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ExceptionFilterOptions {
  /** Repeats `detail` as `message`, which clients of the backend app read. */
  readonly withMessage?: boolean;
  /** The value of `WWW-Authenticate` on every 401 (RFC 9110, section 11.6.1). */
  readonly challenge?: string;
  /** The app's error for a route that does not exist. */
  readonly notFound?: ApiErrorRow;
  /** @returns undefined if the error is a bug */
  readonly classify?: (error: unknown) => ClassifiedError | undefined;
  /** Writes errors of requests that expect no JSON:API, such as those of pages; undefined for all others. */
  readonly render?: (failure: Failure, request: unknown) => RenderedError | undefined;
}

/**
 * Turns every failure into a JSON:API error document. The document of an unexpected error does not contain the cause.
 */
@Catch()
export class JsonApiExceptionFilter implements ExceptionFilter {
  private readonly logger = new Logger(JsonApiExceptionFilter.name);

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly options: ExceptionFilterOptions = {},
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse();
    const request = host.switchToHttp().getRequest<{ id?: string }>();
    const { httpAdapter } = this.adapterHost;
    if (httpAdapter.isHeadersSent(response)) return;
    const headers = error instanceof ApiException ? error.headers : {};
    for (const [name, value] of Object.entries(headers)) httpAdapter.setHeader(response, name, value);
    const classified = this.options.classify?.(error);
    const rows = classified ? [classified.row] : this.rowsOf(error);
    const status = rows[rows.length - 1]?.status ?? 500;
    const requestId = status >= 500 ? request.id : undefined;
    const { headers: format, body } = this.options.render?.({ status, requestId }, request) ?? {
      headers: { 'content-type': JSON_API_MEDIA_TYPE },
      body: errorDocument(rows, { withMessage: this.options.withMessage, requestId }),
    };
    for (const [name, value] of Object.entries(format)) httpAdapter.setHeader(response, name, value);
    if (status === 401 && this.options.challenge) {
      httpAdapter.setHeader(response, 'www-authenticate', this.options.challenge);
    }
    if (status === 503) httpAdapter.setHeader(response, 'retry-after', '1');
    httpAdapter.reply(response, body, status);
    this.log(error, rows, classified);
  }

  private rowsOf(error: unknown): readonly ApiErrorRow[] {
    if (error instanceof ApiException) return error.rows;
    return [this.rowOfStatus(statusOf(error))];
  }

  private rowOfStatus(status: number): ApiErrorRow {
    if (status === 403) return GENERIC_ERRORS.forbidden;
    if (status === 404) return this.options.notFound ?? GENERIC_ERRORS.notFound;
    if (status === 413) return GENERIC_ERRORS.payloadTooLarge;
    if (status === 415) return GENERIC_ERRORS.unsupportedMediaType;
    if (status >= 400 && status < 500) return { ...GENERIC_ERRORS.invalidDocument, status };
    return GENERIC_ERRORS.internal;
  }

  /** Logs a stack only for bugs, because many requests can fail in the same outage. */
  private log(error: unknown, rows: readonly ApiErrorRow[], classified: ClassifiedError | undefined): void {
    const [row] = rows;
    const { status, code, level = 'debug' } = row ?? (GENERIC_ERRORS.internal as ApiErrorRow);
    if (level !== 'error') {
      this.logger[level === 'info' ? 'log' : level]({ event: 'request.refused', status, code });
    } else if (classified) {
      this.logger.error({ event: 'request.failed', status, reason: classified.reason, cause: classified.cause });
    } else if (error instanceof ApiException && status === 503) {
      this.logger.error({ event: 'request.failed', status, reason: error.explanation });
    } else {
      this.logger.error({ event: 'request.failed', status, err: error });
    }
  }
}

/** The status of an HTTP error of Nest or of the adapter. Every other error is a 500. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : 500;
}

import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { ApiErrorRow, BareError } from '../errors/api-error.js';
import { GENERIC_ERRORS, violation } from '../errors/generic-errors.js';
import { ApiAnswer } from './api-answer.decorator.js';
import { ApiDocument } from './api-document.decorator.js';
import { ApiErrors } from './api-errors.decorator.js';
import type { ResourceObject } from './resource.js';

/** What a route answers: a document by its resource or list, or plain JSON by its body. */
export type RouteAnswer = { readonly status: 200 | 201; readonly description: string } & (
  { readonly data: ResourceObject | readonly ResourceObject[] } | { readonly body: object }
);

/** What the documentation says of one route. */
export interface RouteDocumentation {
  readonly summary: string;
  /** The resource of an example request. */
  readonly request?: { readonly type: string; readonly attributes: object };
  /** Without it the answer is 204. */
  readonly answer?: RouteAnswer;
  /** Parameters of the path by name, with an example. */
  readonly ids?: Readonly<Record<string, string>>;
  /** Query parameters by name, with an example. */
  readonly query?: Readonly<Record<string, string>>;
  /** Further request headers by name, with an example. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer carries an entity tag. */
  readonly etag?: boolean;
  /** Wrong attributes are answered by the route's own errors instead of 901. */
  readonly hasOwnRules?: boolean;
  /** The route's own errors; those of its checks, of documents and of attributes are added. */
  readonly errors?: readonly ApiErrorRow[];
  /** Errors that the route answers as a bare array in plain JSON. */
  readonly bareErrors?: readonly BareError[];
}

/** A check in front of a route: what it reads of a request, and how it refuses. */
export interface RouteChecks {
  /** An access token may be sent. */
  readonly bearer?: boolean;
  readonly headers?: Readonly<Record<string, { readonly example: string; readonly required?: boolean }>>;
  readonly errors: readonly ApiErrorRow[];
}

const ERRORS_OF_DOCUMENT = [GENERIC_ERRORS.invalidType, GENERIC_ERRORS.invalidDocument];
const ERRORS_OF_ATTRIBUTES = [violation('attribute', 'This value should not be blank.')];

/** Documents a route behind its checks, in their order; a route without an answer of its own answers 204. */
export function ApiRoute(route: RouteDocumentation, checks: readonly RouteChecks[]): MethodDecorator {
  const { summary, request, query = {}, hasOwnRules = false, errors = [], bareErrors = [] } = route;
  return applyDecorators(
    ApiOperation({ summary }),
    ...(checks.some(({ bearer }) => bearer) ? [ApiBearerAuth()] : []),
    ...parametersOf(route, checks),
    ...(request ? [ApiDocument(request.type, request.attributes)] : []),
    answerOf(route),
    ApiErrors(
      [
        ...checks.flatMap((check) => check.errors),
        ...(query['page[offset]'] === undefined ? [] : [GENERIC_ERRORS.invalidPagination, GENERIC_ERRORS.pageTooDeep]),
        ...(Object.keys(query).some((name) => name.startsWith('filter[')) ? [GENERIC_ERRORS.invalidFilter] : []),
        ...(request ? ERRORS_OF_DOCUMENT : []),
        ...(request && !hasOwnRules ? ERRORS_OF_ATTRIBUTES : []),
        ...errors,
      ],
      bareErrors,
    ),
  );
}

function parametersOf(
  { ids = {}, query = {}, headers = {} }: RouteDocumentation,
  checks: readonly RouteChecks[],
): MethodDecorator[] {
  const ofChecks = checks.flatMap((check) => Object.entries(check.headers ?? {}));
  const own = Object.entries(headers).map(([name, example]) => [name, { example }] as const);
  return [
    ...Object.entries(ids).map(([name, example]) => ApiParam({ name, schema: { type: 'string', example } })),
    ...[...ofChecks, ...own].map(([name, header]) => ApiHeader({ name, required: false, ...header })),
    ...Object.entries(query).map(([name, example]) =>
      ApiQuery({ name, required: false, schema: { type: 'string', example } }),
    ),
  ];
}

const LONG_LIST =
  '. Where a list goes on behind the last page that can be asked for, `meta.page` is `{ "total": 10000, "isTotalExact": false }`';

function answerOf({ answer, query, etag }: RouteDocumentation): MethodDecorator {
  if (!answer) return applyDecorators(HttpCode(204), ApiResponse({ status: 204, description: 'Done' }));
  const { status } = answer;
  const description = answer.description + (query?.['page[offset]'] === undefined ? '' : LONG_LIST);
  if ('data' in answer) {
    return ApiAnswer(status, description, { data: answer.data }, etag ? { ETag: { description: 'entity tag' } } : {});
  }
  const content = { 'application/json': { schema: { type: 'object' as const }, example: answer.body } };
  return ApiResponse({ status, description, content });
}

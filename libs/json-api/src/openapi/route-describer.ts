import { isDeepStrictEqual } from 'node:util';
import { JSON_API_MEDIA_TYPE } from '../content-type.js';
import { attributesClassOf } from '../documents/attributes.decorator.js';
import type { ApiErrorRow } from '../errors/api-error.js';
import type { ErrorDocumentOptions } from '../errors/error-document.js';
import { GENERIC_ERRORS, violation } from '../errors/generic-errors.js';
import { OPTIONAL_DOCUMENT_TYPE, RESOURCE_TYPE } from '../resource-type.js';
import type { DescribedRoute, RouteAnswer } from './api-route.decorator.js';
import { mapValues, sorted, type Components, type Schema } from './components.js';
import { DocumentSchemas } from './document-schemas.js';
import { ErrorResponses } from './error-responses.js';
import { metadataOf, routeOf, type RouteHandler } from './route-handler.js';

/** How an application uses the routes of a library, which documents them without knowing the application. */
export interface LibraryRoutes {
  /** The beginning of the routes' paths. */
  readonly prefix: string;
  /** The errors of the application's guards for these routes. */
  readonly refusals: readonly ApiErrorRow[];
  /** Documented errors that this application never answers. */
  readonly neverAnswered: readonly ApiErrorRow[];
}

export interface DescribeOptions {
  /** Same as `JsonApiOptions.nullId`. */
  readonly nullId: 'keep' | 'omit';
  readonly errors: ErrorDocumentOptions;
  /** Errors that every route can answer. */
  readonly errorsOfAll: readonly ApiErrorRow[];
  readonly libraryRoutes?: LibraryRoutes | undefined;
}

interface AnyResponse {
  readonly description: string;
  readonly headers: Readonly<Record<string, Schema>>;
  readonly content?: Readonly<Record<string, object>>;
}

export interface Operation {
  readonly operationId: string;
  readonly [member: string]: unknown;
}

const ERRORS_OF_DOCUMENT = [GENERIC_ERRORS.invalidType, GENERIC_ERRORS.invalidDocument];
const ERRORS_OF_ATTRIBUTES = [violation('attribute', 'This value should not be blank.')];
const LONG_LIST =
  '. Where a list goes on behind the last page that can be asked for, `meta.page` is `{ "total": 10000, "isTotalExact": false }`';

const HEADERS = {
  'X-Request-Id': { description: 'Names the request in the log', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds until it is worth another try', schema: { type: 'integer', minimum: 1 } },
  ETag: { description: 'The state of the resource, for `If-Match`', schema: { type: 'string' } },
};

const reference = (place: string, name: string): Schema => ({ $ref: `#/components/${place}/${name}` });

/** Describes routes one by one, and collects their shared components. */
export class RouteDescriber {
  private readonly documents: DocumentSchemas;
  private readonly errors: ErrorResponses;
  private readonly parameters: Record<string, Schema> = {};
  private readonly headers: Record<string, Schema> = {};

  constructor(
    private readonly schemas: Components,
    private readonly options: DescribeOptions,
  ) {
    this.documents = new DocumentSchemas(schemas, options.nullId);
    this.errors = new ErrorResponses(schemas, options.errors);
  }

  components(): Record<string, unknown> {
    const anyError = this.errors.response(this.options.errorsOfAll);
    const headers = this.headersOf(['X-Request-Id', 'Retry-After']);
    return {
      headers: sorted(this.headers),
      parameters: sorted(this.parameters),
      responses: { AnyRoute: { ...anyError, headers } },
    };
  }

  /** @throws TypeError if the route has no `@ApiRoute` */
  describe(path: string, operation: Operation, handler: RouteHandler | undefined): Operation {
    const route = handler && routeOf(handler);
    if (!route) throw new TypeError(`${operation.operationId} needs @ApiRoute.`);
    const request = this.requestOf(route, handler);
    return {
      ...operation,
      ...securityOf(route),
      parameters: this.parametersOf(path, route),
      ...(request && { requestBody: { required: true, content: request } }),
      responses: this.responsesOf(path, route, request !== undefined && !route.form),
    };
  }

  private parametersOf(path: string, { ids = {}, query = {}, headers = {}, checks }: DescribedRoute): Schema[] {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string', ...(ids[name] !== undefined && { example: ids[name] }) },
    }));
    const all = Object.entries(Object.assign({}, ...checks.map((check) => check.headers), headers) as typeof headers);
    const inHeaders = all.map(([name, example]) => {
      this.parameters[name] ??= { name, in: 'header', required: false, schema: { type: 'string', example } };
      return reference('parameters', name);
    });
    const inQuery = Object.entries(query).map(([name, example]) => ({
      name,
      in: 'query',
      required: false,
      schema: name.startsWith('page[')
        ? { type: 'integer', minimum: 0, example: Number(example) }
        : { type: 'string', example },
    }));
    return [...inPath, ...inHeaders, ...inQuery];
  }

  private requestOf({ form }: DescribedRoute, { controller, name }: RouteHandler): Schema | undefined {
    if (form) {
      const content = this.contentOf(this.schemas.referToClass(form.fields));
      return { 'application/x-www-form-urlencoded': content, ...(form.json && { 'application/json': content }) };
    }
    const attributesClass = attributesClassOf(controller.prototype as object, name);
    if (!attributesClass) return undefined;
    const handler = { controller, name };
    const type = (metadataOf(handler, RESOURCE_TYPE) ?? Reflect.getMetadata(RESOURCE_TYPE, controller)) as string;
    const isTypeOptional = metadataOf(handler, OPTIONAL_DOCUMENT_TYPE) === true;
    const content = this.contentOf(this.documents.request(type, attributesClass, isTypeOptional));
    return { [JSON_API_MEDIA_TYPE]: content, 'application/json': content };
  }

  private responsesOf(path: string, route: DescribedRoute, hasDocument: boolean): Record<string, unknown> {
    const answers = [
      route.answer ?? ({ status: 204, description: 'Done' } satisfies RouteAnswer),
    ].flat() as RouteAnswer[];
    const successes = answers.map((answer) => [String(answer.status), this.answerOf(answer, route)] as const);
    const own = this.errorsOf(path, route, hasDocument);
    const statuses = new Set([...own, ...(route.bareErrors ?? []), ...answers].map(({ status }) => status));
    // a documented status replaces the general response, so it needs the general errors too
    const ofAll = this.options.errorsOfAll.filter(({ status }) => statuses.has(status));
    const errors = this.errors.byStatus([...own, ...ofAll], route.bareErrors);
    const refusals = mapValues(errors, (error, status) => ({
      ...error,
      headers: this.headersOf(['X-Request-Id', ...(status === '429' ? ['Retry-After' as const] : [])]),
    }));
    const responses: Record<string, AnyResponse> = { ...refusals };
    for (const [status, answer] of successes) {
      const refusal = responses[status];
      responses[status] = refusal ? { ...refusal, content: { ...refusal.content, ...answer.content } } : answer;
    }
    return { ...responses, default: reference('responses', 'AnyRoute') };
  }

  private answerOf(answer: RouteAnswer, { query, etag }: DescribedRoute): AnyResponse {
    const isPaged = query?.['page[offset]'] !== undefined;
    const schema = this.answerSchemaOf(answer, isPaged);
    const mediaType = 'body' in answer ? 'application/json' : JSON_API_MEDIA_TYPE;
    return {
      description: answer.description + (isPaged ? LONG_LIST : ''),
      headers: this.headersOf(['X-Request-Id', ...(etag && schema ? ['ETag' as const] : [])]),
      ...(schema && { content: { [mediaType]: this.contentOf(schema) } }),
    };
  }

  private answerSchemaOf(answer: RouteAnswer, isPaged: boolean): Schema | undefined {
    if ('resource' in answer) return this.documents.single(answer.resource);
    if ('list' in answer) return this.documents.list(answer.list, isPaged, answer.meta);
    if (!('body' in answer)) return undefined;
    const { body } = answer;
    if (typeof body === 'function') return this.schemas.referToClass(body);
    return { type: 'array', items: this.schemas.referToClass(body[0]) };
  }

  private errorsOf(path: string, route: DescribedRoute, hasDocument: boolean): ApiErrorRow[] {
    const { query = {}, hasOwnRules = false, errors = [], checks } = route;
    const own = [
      ...checks.flatMap((check) => check.errors),
      ...(query['page[offset]'] === undefined ? [] : [GENERIC_ERRORS.invalidPagination, GENERIC_ERRORS.pageTooDeep]),
      ...(Object.keys(query).some((name) => name.startsWith('filter[')) ? [GENERIC_ERRORS.invalidFilter] : []),
      ...(hasDocument ? ERRORS_OF_DOCUMENT : []),
      ...(hasDocument && !hasOwnRules ? ERRORS_OF_ATTRIBUTES : []),
      ...errors,
    ];
    const { refusals, prefix, neverAnswered } = this.options.libraryRoutes ?? NO_LIBRARY;
    const answered = own.filter((row) => !neverAnswered.some((never) => isDeepStrictEqual(never, row)));
    return path.startsWith(prefix) ? [...refusals, ...answered] : answered;
  }

  private headersOf(names: readonly (keyof typeof HEADERS)[]): Record<string, Schema> {
    for (const name of names) this.headers[name] = HEADERS[name];
    return Object.fromEntries(names.map((name) => [name, reference('headers', name)]));
  }

  private contentOf(schema: Schema): { schema: Schema; example: unknown } {
    return { schema, example: this.schemas.exampleOf(schema) };
  }
}

const NO_LIBRARY: LibraryRoutes = { prefix: '/', refusals: [], neverAnswered: [] };

function securityOf({ checks }: DescribedRoute): { security: Record<string, never[]>[] } {
  return { security: checks.flatMap(({ security = [] }) => security).map((name) => ({ [name]: [] })) };
}

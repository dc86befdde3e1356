import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Answer, ApiClient } from './api-client.js';

interface WireError {
  readonly code?: string;
  readonly detail?: string;
}

interface Example {
  readonly data?: { readonly type?: string; readonly attributes?: object };
  readonly meta?: object;
}

interface Content {
  readonly example?: Example;
  readonly examples?: Readonly<
    Record<string, { readonly value: { readonly errors: WireError[] } | readonly WireError[] }>
  >;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
}

interface Response {
  readonly content?: Readonly<Record<string, Content>>;
}

export interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, Response>>;
}

/** An operation in the document. Shared parameters are references. */
interface WrittenOperation extends Omit<Operation, 'parameters'> {
  readonly parameters: readonly (Parameter | { readonly $ref: string })[];
}

/** Reads an app's OpenAPI document for tests. */
export class ApiDescription {
  private constructor(
    /** By method and path of the document, such as `GET /carts/{id}`. */
    readonly operations: ReadonlyMap<string, Operation>,
  ) {}

  static async of(api: ApiClient): Promise<ApiDescription> {
    const { json } = await api.get('/docs/openapi.json');
    const paths = Object.entries(json.paths as Record<string, Record<string, WrittenOperation>>);
    const shared = json.components.parameters as Record<string, Parameter>;
    const operations = paths.flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]): [string, Operation] => [
        `${method.toUpperCase()} ${path}`,
        { ...one, parameters: one.parameters.map((parameter) => resolved(parameter, shared)) },
      ]),
    );
    return new ApiDescription(new Map(operations));
  }

  /** @param route in the router's form, such as `GET /carts/:id` */
  operationOf(route: string): Operation | undefined {
    return this.operations.get(route.replace(/:(\w+)/g, '{$1}'));
  }

  /** Status and errors of a response that the documentation of its route lacks. Empty for an undocumented route. */
  missingOf(route: string, answer: Answer): string[] {
    const operation = this.operationOf(route);
    if (!operation) return [];
    const shown = operation.responses[answer.status];
    if (!shown) return [`${route}: ${answer.status}`];
    const labels = Object.values(shown.content ?? {}).flatMap(({ examples }) => Object.keys(examples ?? {}));
    return errorsIn(answer.json)
      .map(({ code, detail = '' }) => code ?? detail)
      .filter((label) => !labels.some((one) => one.startsWith(label)))
      .map((label) => `${route}: ${answer.status} ${label}`);
  }

  /** The names of the operations for which a test is false. */
  lacking(test: (operation: Operation, name: string) => boolean): string[] {
    return [...this.operations].filter(([name, operation]) => !test(operation, name)).map(([name]) => name);
  }

  /** The errors of a route, such as `401 001`, or with the text if there is no code. */
  errorsOf(route: string): string[] {
    const responses = Object.entries(this.operationOf(route)?.responses ?? {});
    return responses.flatMap(([status, response]) =>
      errorsShown(response).map(({ code, detail = '' }) => `${status} ${code ?? detail}`),
    );
  }

  /** The media types of request documents by route. */
  requestTypes(): ReadonlyMap<string, readonly string[]> {
    const bodies = [...this.operations].flatMap(([name, { requestBody }]) =>
      requestBody ? [[name, Object.keys(requestBody.content)] as const] : [],
    );
    return new Map(bodies);
  }

  /** The codes of all errors in examples. */
  errorCodes(): ReadonlySet<string | undefined> {
    const responses = [...this.operations.values()].flatMap((operation) => Object.values(operation.responses));
    return new Set(responses.flatMap(errorsShown).map(({ code }) => code));
  }
}

/** The example of the request document. */
export function requestExample({ requestBody }: Operation): Example['data'] {
  return Object.values(requestBody?.content ?? {})[0]?.example?.data;
}

/** The example of the route's successful response. */
export function answerExample({ responses }: Operation): Example | undefined {
  const { content = {} } = responses['200'] ?? responses['201'] ?? {};
  return Object.values(content)[0]?.example;
}

/** Every route of an app's router, such as `GET /carts/:id`, without HEAD and OPTIONS. */
export function servedRoutes(app: NestFastifyApplication): string[] {
  const { routeMethods } = app.getHttpAdapter().getInstance() as unknown as {
    routeMethods: ReadonlyMap<string, ReadonlySet<string>>;
  };
  return [...routeMethods].flatMap(([path, methods]) =>
    [...methods].filter((method) => !['HEAD', 'OPTIONS'].includes(method)).map((method) => `${method} ${path}`),
  );
}

function resolved(
  parameter: WrittenOperation['parameters'][number],
  shared: Readonly<Record<string, Parameter>>,
): Parameter {
  if (!('$ref' in parameter)) return parameter;
  const known = shared[parameter.$ref.slice(parameter.$ref.lastIndexOf('/') + 1)];
  if (!known) throw new Error(`The document has no ${parameter.$ref}`);
  return known;
}

function errorsShown({ content = {} }: Response): WireError[] {
  const examples = Object.values(content).flatMap((one) => Object.values(one.examples ?? {}));
  return examples.flatMap(({ value }) => errorsIn(value));
}

function errorsIn(body: { errors?: readonly WireError[] } | readonly WireError[] | undefined): readonly WireError[] {
  if (Array.isArray(body)) return body as readonly WireError[];
  return (body as { errors?: readonly WireError[] } | undefined)?.errors ?? [];
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

interface DocumentedResponse {
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

interface Operation {
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: { readonly AnyRoute: DocumentedResponse } };
}

/** Headers that an answer has only where its documentation says so. */
const HEADERS = ['etag', 'retry-after'];

/**
 * Compares every answer of an app with its OpenAPI document, strictly: a member, a header or a media type that the document
 * does not have is a fault.
 *
 * @returns the faults so far, which grow
 */
export function checkAnswers(app: NestFastifyApplication): ReadonlySet<string> {
  const faults = new Set<string>();
  let documented: Promise<DocumentedAnswers | undefined> | undefined;
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload === '' || isUndocumented(request)) return payload;
    const answers = await (documented ??= documentedBy(fastify));
    for (const fault of answers?.faultsOf(request, reply, payload) ?? []) faults.add(fault);
    return payload;
  });
  return faults;
}

/** By the text of the document: most apps of a process have the same one, and its schemas are compiled once. */
const known = new Map<string, DocumentedAnswers>();

/** undefined for an app that a test made for itself, whose routes are not documented. */
async function documentedBy(fastify: FastifyInstance): Promise<DocumentedAnswers | undefined> {
  const { statusCode, body } = await fastify.inject('/docs/openapi.json');
  if (statusCode !== 200) return undefined;
  const answers = known.get(body) ?? new DocumentedAnswers(body);
  known.set(body, answers);
  return answers;
}

function isUndocumented({ method, url }: FastifyRequest): boolean {
  return method === 'HEAD' || method === 'OPTIONS' || /^\/docs\b/.test(url);
}

class DocumentedAnswers {
  private readonly document: OpenApi;
  private readonly validator: Ajv2020;
  /** For requests that choose members by `fields[type]`: any member may be missing. */
  private readonly sparseValidator: Ajv2020;

  constructor(json: string) {
    const referring = json.replaceAll('"#/components/', '"openapi#/components/');
    this.document = JSON.parse(referring) as OpenApi;
    this.validator = validatorOf(JSON.parse(referring, closed) as OpenApi);
    this.sparseValidator = validatorOf(
      JSON.parse(referring, (key, value: unknown) => (key === 'required' ? undefined : closed(key, value))) as OpenApi,
    );
  }

  faultsOf(request: FastifyRequest, reply: FastifyReply, body: string): string[] {
    const { url = '' } = request.routeOptions;
    const operation = this.operationOf(request.method, url);
    // what is not documented of a route by itself must be documented of all
    const response = operation?.responses[reply.statusCode] ?? this.document.components.responses.AnyRoute;
    const named = `${request.method} ${url || request.url} ${reply.statusCode}`;
    const documented = Object.keys(response.headers ?? {}).map((name) => name.toLowerCase());
    const headers = HEADERS.filter((name) => reply.hasHeader(name) && !documented.includes(name));
    const [mediaType = ''] = String(reply.getHeader('content-type')).split(';');
    const schema = response.content?.[mediaType]?.schema;
    const isPage = !operation && /^text\/(?:html|css|javascript)$/.test(mediaType); // for people
    if (!schema) return isPage ? [] : [`${named} has the media type ${mediaType}`];
    const ajv =
      request.url.includes('fields%5B') || request.url.includes('fields[') ? this.sparseValidator : this.validator;
    const isRight = ajv.validate(schema, JSON.parse(body));
    return [
      ...headers.map((name) => `${named} has the header ${name}`),
      ...(isRight
        ? []
        : [`${named} ${ajv.errorsText(ajv.errors?.slice(0, 6), { dataVar: '' })}: ${body.slice(0, 400)}`]),
    ];
  }

  private operationOf(method: string, url: string): Operation | undefined {
    const { paths } = this.document;
    const path = url.replace(/:(\w+)/g, '{$1}').replace(/(?<=.)\/$/, '');
    // a path without its last id has no documentation of its own
    return paths[path]?.[method.toLowerCase()] ?? paths[`${path}/{id}`]?.[method.toLowerCase()];
  }
}

/** Objects have the members that are documented, and no others. */
function closed(_key: string, value: unknown): unknown {
  const isOpen = typeof value === 'object' && value !== null && 'properties' in value && 'type' in value;
  return isOpen ? { ...value, additionalProperties: false } : value;
}

function validatorOf(document: OpenApi): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  return ajv.addSchema({ $id: 'openapi', ...document });
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import {
  errorDocument,
  JSON_API_OPTIONS,
  type ApiErrorRow,
  type ExceptionFilterOptions,
  type JsonApiOptions,
  type ResourceObject,
} from '#json-api';
import { completed, type LibraryRoutes } from './library-routes.js';

interface Documented {
  readonly name: string;
  readonly description: string;
  readonly errors: ExceptionFilterOptions;
  readonly libraryRoutes?: LibraryRoutes;
}

/** OpenAPI at `/docs` (a page) and `/docs/openapi.json`. */
export function useDocumentation(
  app: NestFastifyApplication,
  { name, description, errors, libraryRoutes }: Documented,
): void {
  const { nullId } = app.get<JsonApiOptions>(JSON_API_OPTIONS);
  const document = new DocumentBuilder()
    .setTitle(`Sallyport ${name}`)
    .setDescription(description)
    .setVersion('1')
    .addBearerAuth()
    .build();
  const describe = (): OpenAPIObject => {
    const described = reachable(SwaggerModule.createDocument(app, document));
    return asWritten(libraryRoutes ? completed(described, libraryRoutes) : described, errors, nullId);
  };
  SwaggerModule.setup('docs', app, describe, { jsonDocumentUrl: 'docs/openapi.json' });
}

interface Operation {
  readonly parameters?: readonly { readonly in?: string; readonly name?: string }[];
}

/** Leaves out operations whose id is not in their path: those routes only answer that it is missing. */
function reachable(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths).map(([path, operations]) => {
    const complete = Object.entries(operations as Record<string, Operation>).filter(([, { parameters = [] }]) =>
      parameters.every(({ in: place, name }) => place !== 'path' || path.includes(`{${name}}`)),
    );
    return [path, Object.fromEntries(complete)] as const;
  });
  return {
    ...document,
    paths: Object.fromEntries(paths.filter(([, operations]) => Object.keys(operations).length > 0)),
  };
}

/** Shows errors and resources as this app writes them; libraries document them without knowing an app. */
function asWritten(
  document: OpenAPIObject,
  errors: ExceptionFilterOptions,
  nullId: JsonApiOptions['nullId'],
): OpenAPIObject {
  const written = JSON.stringify(document, (key, value: unknown) => {
    if (key === 'errors' && Array.isArray(value)) return errorDocument(value as ApiErrorRow[], errors).errors;
    return nullId === 'omit' && isResourceWithoutId(value) ? { ...value, id: undefined } : value;
  });
  return JSON.parse(written) as OpenAPIObject;
}

function isResourceWithoutId(value: unknown): value is ResourceObject {
  const { id, attributes } = (value ?? {}) as Partial<ResourceObject>;
  return id === null && attributes !== undefined;
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { errorDocument, type ApiErrorRow, type ExceptionFilterOptions } from '#json-api';

interface Documented {
  readonly name: string;
  readonly description: string;
  readonly errors: ExceptionFilterOptions;
}

/** OpenAPI at `/docs` (a page) and `/docs/openapi.json`. */
export function useDocumentation(app: NestFastifyApplication, { name, description, errors }: Documented): void {
  const document = new DocumentBuilder()
    .setTitle(`Sallyport ${name}`)
    .setDescription(description)
    .setVersion('1')
    .addBearerAuth()
    .build();
  SwaggerModule.setup('docs', app, () => withErrors(reachable(SwaggerModule.createDocument(app, document)), errors), {
    jsonDocumentUrl: 'docs/openapi.json',
  });
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

/** Shows errors as this app writes them; libraries document them without knowing an app. */
function withErrors(document: OpenAPIObject, options: ExceptionFilterOptions): OpenAPIObject {
  const written = JSON.stringify(document, (key, value: unknown) =>
    key === 'errors' && Array.isArray(value) ? errorDocument(value as ApiErrorRow[], options).errors : value,
  );
  return JSON.parse(written) as OpenAPIObject;
}

import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject, type SecuritySchemeObject } from '@nestjs/swagger';
import {
  describeRoutes,
  documentedClasses,
  GENERIC_ERRORS,
  JSON_API_OPTIONS,
  type ApiErrorRow,
  type ExceptionFilterOptions,
  type JsonApiOptions,
  type LibraryRoutes,
  type RouteHandler,
  type SecurityName,
} from '#json-api';
import type { AppName, Settings } from '../configuration/settings.js';

interface Documented {
  readonly name: AppName;
  readonly settings: Pick<Settings, 'publicUrls'>;
  readonly description: string;
  readonly errors: ExceptionFilterOptions;
  readonly missingMethod?: ApiErrorRow;
  /** Errors that every route can answer. */
  readonly refusals: readonly ApiErrorRow[];
  readonly libraryRoutes?: LibraryRoutes;
  readonly securitySchemes?: Readonly<Partial<Record<SecurityName, SecuritySchemeObject>>>;
}

/** Errors that are independent of the route. */
const ERRORS_OF_ALL_ROUTES = [
  GENERIC_ERRORS.invalidRequest,
  GENERIC_ERRORS.requestTimeout,
  GENERIC_ERRORS.payloadTooLarge,
  GENERIC_ERRORS.unsupportedMediaType,
  GENERIC_ERRORS.expectationFailed,
  GENERIC_ERRORS.headersTooLarge,
  GENERIC_ERRORS.internal,
  GENERIC_ERRORS.unavailable,
];

/** Serves OpenAPI at `/docs` (a page) and `/docs/openapi.json`. */
export function useDocumentation(app: NestFastifyApplication, documented: Documented): void {
  SwaggerModule.setup('docs', app, () => describe(app, documented), {
    jsonDocumentUrl: 'docs/openapi.json',
    raw: ['json'], // YAML would be written anew for each request
  });
}

function describe(app: NestFastifyApplication, documented: Documented): OpenAPIObject {
  const { errors, refusals, missingMethod, libraryRoutes } = documented;
  const { nullId = 'keep', notAcceptable = GENERIC_ERRORS.notAcceptable } = app.get<JsonApiOptions>(JSON_API_OPTIONS);
  const handlers = handlersOf(app);
  const document = SwaggerModule.createDocument(app, headOf(documented), {
    operationIdFactory: operationId,
    extraModels: documentedClasses(handlers.values()),
  });
  return describeRoutes(reachable(document), handlers, {
    nullId,
    errors,
    errorsOfAll: [
      ...refusals,
      errors.notFound ?? GENERIC_ERRORS.notFound,
      ...(missingMethod ? [missingMethod] : []),
      notAcceptable,
      ...ERRORS_OF_ALL_ROUTES,
    ],
    libraryRoutes,
  });
}

type HeadOptions = Pick<Documented, 'name' | 'description' | 'settings' | 'securitySchemes'>;

function headOf({ name, description, settings, securitySchemes = {} }: HeadOptions): Omit<OpenAPIObject, 'paths'> {
  const head = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(`Sallyport ${name}`)
    .setDescription(description)
    .setVersion('1')
    .addServer(settings.publicUrls[name] ?? '/')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer');
  for (const [scheme, options] of Object.entries(securitySchemes)) head.addSecurity(scheme, options);
  return head.build();
}

/** All handlers of the application by operation id. */
function handlersOf(app: NestFastifyApplication): ReadonlyMap<string, RouteHandler> {
  const scanner = new MetadataScanner();
  const controllers = new DiscoveryService(app.get(ModulesContainer)).getControllers();
  const handlers = controllers.flatMap(({ metatype }) => {
    const controller = metatype as RouteHandler['controller'];
    return scanner.getAllMethodNames(controller.prototype as object).map((name) => ({ controller, name }));
  });
  return new Map(handlers.map((handler) => [operationId(handler.controller.name, handler.name), handler]));
}

/**
 * The operation id: `CustomerCartsController.list` becomes `customerCarts.list`. Nest adds a number for handlers with
 * two paths, `update[1]`; it is removed.
 */
function operationId(controller: string, method: string): string {
  const resource = `${controller.charAt(0).toLowerCase()}${controller.slice(1).replace(/Controller$/, '')}`;
  return `${resource}.${method.replace(/\[\d+\]$/, '')}`;
}

/**
 * Removes the shorter path of handlers with two paths, one with an id and one without: without the id the route only
 * answers that the id is missing.
 */
function reachable(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths as Record<string, Record<string, { operationId: string }>>);
  const longest = new Map<string, string>();
  for (const [path, operations] of paths) {
    for (const { operationId: id } of Object.values(operations)) {
      if ((longest.get(id) ?? '').length < path.length) longest.set(id, path);
    }
  }
  const complete = paths.map(([path, operations]) => [
    path,
    Object.fromEntries(Object.entries(operations).filter(([, { operationId: id }]) => longest.get(id) === path)),
  ]);
  const described = complete.filter(([, operations]) => Object.keys(operations as object).length > 0);
  return { ...document, paths: Object.fromEntries(described) as OpenAPIObject['paths'] };
}

import type { OpenAPIObject } from '@nestjs/swagger';
import { Components, mapValues, sorted, type Schema } from './components.js';
import { JSON_SCHEMAS } from './members.js';
import { RouteDescriber, type DescribeOptions, type Operation } from './route-describer.js';
import type { RouteHandler } from './route-handler.js';

/**
 * Completes a document of `@nestjs/swagger`, which has paths, tags, summaries and the schemas of classes. Adds
 * parameters, requests, responses and errors from `@ApiRoute`.
 *
 * @param handlers by operation id
 */
export function describeRoutes(
  document: OpenAPIObject,
  handlers: ReadonlyMap<string, RouteHandler>,
  options: DescribeOptions,
): OpenAPIObject {
  const components = new Components(withJson((document.components?.schemas ?? {}) as Record<string, Schema>));
  const describer = new RouteDescriber(components, options);
  const paths = mapValues(document.paths as Record<string, Record<string, Operation>>, (operations, path) =>
    mapValues(operations, (operation) => describer.describe(path, operation, handlers.get(operation.operationId))),
  );
  return {
    ...document,
    paths,
    components: { ...document.components, ...describer.components(), schemas: sorted(components.schemas) },
  } as OpenAPIObject;
}

function withJson(schemas: Readonly<Record<string, Schema>>): Readonly<Record<string, Schema>> {
  const isMentioned = Object.keys(JSON_SCHEMAS).some((name) => JSON.stringify(schemas).includes(`/${name}"`));
  return isMentioned ? { ...schemas, ...JSON_SCHEMAS } : schemas;
}

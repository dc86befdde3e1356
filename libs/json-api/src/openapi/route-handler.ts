import type { Type } from '@nestjs/common';
import { attributesClassOf } from '../documents/attributes.decorator.js';
import { resourceOf, type AttributesClass } from './api-resource.decorator.js';
import { ROUTE, type DescribedRoute, type RouteAnswer } from './api-route.decorator.js';
import { relatedTo } from './document-schemas.js';

/** A controller's method that serves a route. */
export interface RouteHandler {
  readonly controller: Type;
  readonly name: string;
}

/** The classes that the routes' documentation needs. `@nestjs/swagger` makes their schemas. */
export function documentedClasses(handlers: Iterable<RouteHandler>): AttributesClass[] {
  const classes = [...handlers].flatMap(({ controller, name }) => {
    const route = routeOf({ controller, name });
    const request = attributesClassOf(controller.prototype as object, name);
    const answers = [route?.answer ?? []].flat() as RouteAnswer[];
    return [...(request ? [request] : []), ...(route?.form ? [route.form.fields] : []), ...answers.flatMap(classesOf)];
  });
  return [...new Set(classes)];
}

function classesOf(answer: RouteAnswer): AttributesClass[] {
  if ('body' in answer) return [answer.body].flat() as AttributesClass[];
  if ('resource' in answer) return withRelated(answer.resource);
  return 'list' in answer ? [...withRelated(answer.list), ...(answer.meta ? [answer.meta] : [])] : [];
}

function withRelated(attributesClass: AttributesClass): AttributesClass[] {
  const all = [attributesClass, ...relatedTo(attributesClass)];
  return all.flatMap((one) => [one, resourceOf(one).meta ?? []].flat());
}

/** The documentation of a handler, or undefined if it has none. */
export function routeOf(handler: RouteHandler): DescribedRoute | undefined {
  return metadataOf(handler, ROUTE) as DescribedRoute | undefined;
}

/** Metadata of the method itself, not of its class. */
export function metadataOf({ controller, name }: RouteHandler, key: symbol): unknown {
  const { [name]: method } = controller.prototype as Record<string, object | undefined>;
  return method && Reflect.getMetadata(key, method);
}

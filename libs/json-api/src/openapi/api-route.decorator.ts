import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { ApiErrorRow, BareError } from '../errors/api-error.js';
import type { AttributesClass } from './api-resource.decorator.js';

type JsonClass = AttributesClass;

/** What a route answers: the document of a resource or of a list, plain JSON by its class, or (204) nothing. */
export type RouteAnswer = { readonly description: string } & (
  | { readonly status: 200 | 201; readonly resource: AttributesClass }
  | { readonly status: 200; readonly list: AttributesClass; readonly meta?: JsonClass }
  | { readonly status: number; readonly body: JsonClass | readonly [JsonClass] }
  | { readonly status: 204 }
);

/** What the documentation says of one route. Its request document is known by the class of `@Attributes()`. */
export interface RouteDocumentation {
  readonly summary: string;
  /** Without it the answer is 204. */
  readonly answer?: RouteAnswer | readonly RouteAnswer[];
  /** The fields of a form, where that is what the route takes; `json`: the same members may come as JSON. */
  readonly form?: { readonly fields: JsonClass; readonly json?: boolean };
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

/** How a request says who sends it, by the names of the application's security schemes. */
export type SecurityName = 'bearer' | 'guest' | 'agent';

/** A check in front of a route: what it reads of a request, and how it refuses. */
export interface RouteChecks {
  /** One of them is enough; none: it does not ask who it is. */
  readonly security?: readonly SecurityName[];
  /** Request headers by name, with an example. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors: readonly ApiErrorRow[];
}

/** A route with the checks in front of it, in their order. */
export interface DescribedRoute extends RouteDocumentation {
  readonly checks: readonly RouteChecks[];
}

/** Metadata key of what the documentation says of a handler. */
export const ROUTE = Symbol('ROUTE');

/** Documents a route behind its checks; a route without an answer of its own answers 204. */
export function ApiRoute(route: RouteDocumentation, checks: readonly RouteChecks[] = []): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary: route.summary }),
    SetMetadata(ROUTE, { ...route, checks } satisfies DescribedRoute),
    ...(route.answer ? [] : [HttpCode(204)]),
  );
}

import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { ApiErrorRow, BareError } from '../errors/api-error.js';
import type { AttributesClass } from './api-resource.decorator.js';

type JsonClass = AttributesClass;

/** A response of a route: the document of a resource or of a list, plain JSON of a class, or nothing (204). */
export type RouteAnswer = { readonly description: string } & (
  | { readonly status: 200 | 201; readonly resource: AttributesClass }
  | { readonly status: 200; readonly list: AttributesClass; readonly meta?: JsonClass }
  | { readonly status: number; readonly body: JsonClass | readonly [JsonClass] }
  | { readonly status: 204 }
);

/** The documentation of a route. The class of `@Attributes()` describes the request document. */
export interface RouteDocumentation {
  readonly summary: string;
  /** Default: 204. */
  readonly answer?: RouteAnswer | readonly RouteAnswer[];
  /** The fields of a form, if the route takes one. `json`: the same members are also accepted as JSON. */
  readonly form?: { readonly fields: JsonClass; readonly json?: boolean };
  /** Path parameters by name, with an example. */
  readonly ids?: Readonly<Record<string, string>>;
  /** Query parameters by name, with an example. */
  readonly query?: Readonly<Record<string, string>>;
  /** Additional request headers by name, with an example. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The response has an entity tag. */
  readonly etag?: boolean;
  /** Wrong attributes are answered with the route's own errors instead of 901. */
  readonly hasOwnRules?: boolean;
  /** The route's own errors. The errors of its checks, of documents and of attributes are added. */
  readonly errors?: readonly ApiErrorRow[];
  /** Errors that the route answers as a bare array in plain JSON. */
  readonly bareErrors?: readonly BareError[];
}

/** The names of the application's security schemes: ways to identify the client. */
export type SecurityName = 'bearer' | 'guest' | 'agent';

/** A check before a route: what it reads of a request, and its errors. */
export interface RouteChecks {
  /** One of these schemes is enough. Absent if the check does not identify the client. */
  readonly security?: readonly SecurityName[];
  /** Request headers by name, with an example. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors: readonly ApiErrorRow[];
}

/** A route with its checks, in their order. */
export interface DescribedRoute extends RouteDocumentation {
  readonly checks: readonly RouteChecks[];
}

/** Metadata key of a handler's documentation. */
export const ROUTE = Symbol('ROUTE');

/** Documents a route and its checks. A route without an answer answers 204. */
export function ApiRoute(route: RouteDocumentation, checks: readonly RouteChecks[] = []): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary: route.summary }),
    SetMetadata(ROUTE, { ...route, checks } satisfies DescribedRoute),
    ...(route.answer ? [] : [HttpCode(204)]),
  );
}

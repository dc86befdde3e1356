import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { JsonApiHttpRequest } from '../request.js';
import { AttributesPipe } from '../validation/attributes.pipe.js';
import type { RequestDocument } from './request-document.js';

/** Metadata key of the index of a handler's attributes parameter. */
const ATTRIBUTES = Symbol('ATTRIBUTES');

const markAttributes: ParameterDecorator = (controller, handler = '', index) =>
  Reflect.defineMetadata(ATTRIBUTES, index, controller, handler);

const attributes = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    (context.switchToHttp().getRequest<JsonApiHttpRequest>().body as RequestDocument).data.attributes,
  [markAttributes],
);

/** `data.attributes` of the request document, validated by the rules of the parameter's class (errors 422 / 901). */
export const Attributes = (): ParameterDecorator => attributes(AttributesPipe);

/**
 * `data.attributes` as sent, for a resource that answers wrong values with its own errors. The class documents the
 * attributes.
 */
export const RawAttributes = (): ParameterDecorator => attributes();

/** The class of a handler's attributes, or undefined if the handler takes none. */
export function attributesClassOf(controller: object, handler: string): (new () => object) | undefined {
  const index = Reflect.getMetadata(ATTRIBUTES, controller, handler) as number | undefined;
  const classes = Reflect.getMetadata('design:paramtypes', controller, handler) as (new () => object)[] | undefined;
  return index === undefined ? undefined : classes?.[index];
}

import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { JsonApiHttpRequest } from '../request.js';
import { AttributesPipe } from '../validation/attributes.pipe.js';
import type { RequestDocument } from './request-document.js';

const rawAttributes = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    (context.switchToHttp().getRequest<JsonApiHttpRequest>().body as RequestDocument).data.attributes,
);

/** `data.attributes` of the request document, validated by the rules of the parameter's class (422 / 901). */
export const Attributes = (): ParameterDecorator => rawAttributes(AttributesPipe);

/** `data.attributes` as sent, for a resource whose own errors answer for wrong values. */
export const RawAttributes = (): ParameterDecorator => rawAttributes();

import { ApiProperty } from '@nestjs/swagger';
import type { Schema } from './components.js';

/** A member that is always null. Clients expect it, but this application has no value for it. */
export const ApiNull = (): PropertyDecorator => ApiProperty({ type: 'null', example: null });

const OBJECT = { $ref: '#/components/schemas/JsonObject' };
const SCALAR = { type: ['string', 'number', 'boolean', 'null'] };

/** Only two levels of nested lists are described: TypeScript types generated for deeper ones would not work. */
const LIST = {
  type: 'array',
  items: { anyOf: [SCALAR, OBJECT, { type: 'array', items: { anyOf: [SCALAR, OBJECT] } }] },
} as const;

/** A member with any JSON object or list, whose content other systems define. */
export const ApiJson = (example: object): PropertyDecorator =>
  ApiProperty({ anyOf: [OBJECT, LIST as unknown as { type: string }], example });

/** The schemas that `ApiJson` refers to. */
export const JSON_SCHEMAS: Readonly<Record<string, Schema>> = {
  JsonObject: { type: 'object', additionalProperties: { anyOf: [SCALAR, OBJECT, LIST] } },
};

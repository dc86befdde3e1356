import { ApiProperty } from '@nestjs/swagger';
import type { Schema } from './components.js';

/** A member that is always null: clients of the wire format expect it, and nothing here gives it a value. */
export const ApiNull = (): PropertyDecorator => ApiProperty({ type: 'null', example: null });

const OBJECT = { $ref: '#/components/schemas/JsonObject' };
const SCALAR = { type: ['string', 'number', 'boolean', 'null'] };

/** Lists in lists end at the second: a list of anything is more than types of TypeScript can say of a document. */
const LIST = {
  type: 'array',
  items: { anyOf: [SCALAR, OBJECT, { type: 'array', items: { anyOf: [SCALAR, OBJECT] } }] },
} as const;

/** A member of any JSON but a mere text or number, in words that are not ours. */
export const ApiJson = (example: object): PropertyDecorator =>
  ApiProperty({ anyOf: [OBJECT, LIST as unknown as { type: string }], example });

/** The schemas that `ApiJson` refers to. */
export const JSON_SCHEMAS: Readonly<Record<string, Schema>> = {
  JsonObject: { type: 'object', additionalProperties: { anyOf: [SCALAR, OBJECT, LIST] } },
};

import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { ApiMember } from './api-member.js';
import { ifPresent, rule } from './rules.js';

const NO_OBJECT = 'This value should be of type object.';

/** An object with its own rules, or null. Violations have its path. */
export const IsNested = (attributesClass: () => new () => object): PropertyDecorator =>
  applyDecorators(
    ApiMember({ type: () => attributesClass() }),
    Type(attributesClass),
    Transform(({ value }) => unlessList(value)),
    ValidateNested({ message: NO_OBJECT }),
  );

/** A list of objects with their own rules, or null. Violations have the index of the object, from 0. */
export const IsNestedList = (attributesClass: () => new () => object): PropertyDecorator =>
  applyDecorators(
    ApiMember({ type: () => attributesClass(), isArray: true }),
    Type(attributesClass),
    Transform(({ value }) => (Array.isArray(value) ? value.map(unlessList) : unlessObject(value))),
    ValidateNested({ each: true, message: NO_OBJECT }),
    rule('list', ifPresent(Array.isArray), 'This value should be of type array.'),
  );

/** class-validator would check the members of a list instead of refusing the list. It refuses `false`. */
function unlessList(value: unknown): unknown {
  return Array.isArray(value) ? false : value;
}

/** It would also check an object where a list is expected. */
function unlessObject(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? false : value;
}

import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { WarehouseReferenceAttributes } from './warehouse-reference.attributes.js';

const NO_OBJECT = { message: 'This value should be of type object.' };
const TEXTS_OF_BOOLEANS = new Map<unknown, boolean>([
  ['true', true],
  ['false', false],
]);

/** The other rules of an attribute hold only where the request has it; null counts as sent. */
export const IfSent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** true or false, also as text. */
export const Flag = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) => TEXTS_OF_BOOLEANS.get(value) ?? (value as unknown)),
    IsBoolean({ message: 'This value should be of type bool.' }),
  );

/** An object that names a warehouse. */
export const WarehouseReference = (): PropertyDecorator =>
  applyDecorators(
    Type(() => WarehouseReferenceAttributes),
    ValidateNested(NO_OBJECT),
    // class-validator looks into a list instead of refusing it
    ValidateBy({ name: 'noList', validator: { validate: (value) => !Array.isArray(value) } }, NO_OBJECT),
  );

import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';
import { ApiMember } from '#json-api';

const TEXTS_OF_BOOLEANS = new Map<unknown, boolean>([
  ['true', true],
  ['false', false],
]);

/** true or false, also as text. Null is refused. */
export const FlagOrText = (): PropertyDecorator =>
  applyDecorators(
    ApiMember({ type: 'boolean', nullable: false }),
    Transform(({ value }) => TEXTS_OF_BOOLEANS.get(value) ?? (value as unknown)),
    IsBoolean({ message: 'This value should be of type bool.' }),
  );

import { applyDecorators } from '@nestjs/common';
import { Choice, Flag, Length, NotBlank, Text } from '#json-api';

/** The rules of an address, field by field (contract: resources, section 2.3). */
export const Salutation = (): PropertyDecorator => applyDecorators(NotBlank(), Choice(['Mr', 'Mrs', 'Ms', 'Dr']));

export const RequiredText = (maximum: number, minimum = 0): PropertyDecorator =>
  applyDecorators(NotBlank(), Text(), Length(minimum, maximum));

export const OptionalText = (): PropertyDecorator => applyDecorators(Text(), Length(0, 255));

export const RequiredFlag = (): PropertyDecorator => applyDecorators(NotBlank(), Flag());

import { applyDecorators } from '@nestjs/common';
import { IsChoice, IsFlag, HasLength, IsNotBlank, IsText } from '#json-api';

/** The rules of an address, field by field (contract: resources, section 2.3). */
export const Salutation = (): PropertyDecorator => applyDecorators(IsNotBlank(), IsChoice(['Mr', 'Mrs', 'Ms', 'Dr']));

export const RequiredText = (maximum: number, minimum = 0): PropertyDecorator =>
  applyDecorators(IsNotBlank(), IsText(), HasLength(minimum, maximum));

export const OptionalText = (): PropertyDecorator => applyDecorators(IsText(), HasLength(0, 255));

export const RequiredFlag = (): PropertyDecorator => applyDecorators(IsNotBlank(), IsFlag());

import { applyDecorators } from '@nestjs/common';
import { Choice, EmailAddress, Length, NotBlank, Text } from '#json-api';

/** The rules of a customer, field by field (contract: resources, section 2.2). */
export const Salutation = (): PropertyDecorator => applyDecorators(NotBlank(), Choice(['Mr', 'Mrs', 'Ms', 'Dr']));

export const Gender = (): PropertyDecorator => applyDecorators(NotBlank(), Choice(['Male', 'Female']));

export const PersonName = (): PropertyDecorator => applyDecorators(NotBlank(), Text(), Length(0, 100));

export const AccountEmail = (): PropertyDecorator =>
  applyDecorators(NotBlank(), Text(), Length(0, 100), EmailAddress());

import { applyDecorators } from '@nestjs/common';
import { ValidateBy, type ValidationArguments } from 'class-validator';
import { Choice, EmailAddress, Flag, Length, NotBlank, Text } from '#json-api';

/** The roles there are (contract: resources, section 1.7). */
export const ROLES = ['back-office', 'administrator', 'agent', 'warehouse', 'merchant', 'merchant-agent'] as const;

const LOCALES = ['en_US', 'de_DE'] as const;
const STATUSES = ['active', 'inactive'] as const;

/** The rules of a user, field by field. */
export const Username = (): PropertyDecorator => applyDecorators(NotBlank(), Text(), Length(0, 100), EmailAddress());

export const PersonName = (): PropertyDecorator => applyDecorators(NotBlank(), Text(), Length(0, 100));

export const Locale = (): PropertyDecorator => applyDecorators(NotBlank(), Choice(LOCALES));

export const Status = (): PropertyDecorator => applyDecorators(NotBlank(), Choice(STATUSES));

export const WarehouseFlag = (): PropertyDecorator => applyDecorators(NotBlank(), Flag());

/** Some of the roles there are, each once. */
export const Roles = (): PropertyDecorator =>
  ValidateBy({
    name: 'roles',
    validator: {
      validate: (value: unknown) => problemOf(value) === undefined,
      defaultMessage: (args?: ValidationArguments) => problemOf(args?.value) ?? '',
    },
  });

function problemOf(value: unknown): string | undefined {
  if (value === undefined) return 'This field is missing.';
  if (value === null || value === '') return 'This value should not be blank.';
  if (!Array.isArray(value)) return 'This value should be of type array.';
  if (value.length === 0) return 'This value should not be blank.';
  if (!value.every(isRole)) return 'One or more of the given values is invalid.';
  if (new Set(value).size < value.length) return 'This collection should contain only unique elements.';
  return undefined;
}

function isRole(value: unknown): boolean {
  return ROLES.some((role) => role === value);
}

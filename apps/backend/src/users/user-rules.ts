import { applyDecorators } from '@nestjs/common';
import { ROLES } from '#auth';
import { Choice, EmailAddress, Flag, Length, NotBlank, Text, UniqueList } from '#json-api';

const LOCALES = ['en_US', 'de_DE'] as const;
const STATUSES = ['active', 'inactive'] as const;

/** The rules of a user, field by field. */
export const Username = (): PropertyDecorator => applyDecorators(NotBlank(), Text(), Length(0, 100), EmailAddress());

export const PersonName = (): PropertyDecorator => applyDecorators(NotBlank(), Text(), Length(0, 100));

export const Locale = (): PropertyDecorator => applyDecorators(NotBlank(), Choice(LOCALES));

export const Status = (): PropertyDecorator => applyDecorators(NotBlank(), Choice(STATUSES));

export const WarehouseFlag = (): PropertyDecorator => applyDecorators(NotBlank(), Flag());

/** Some of the roles there are, each once. */
export const Roles = (): PropertyDecorator => UniqueList(ROLES);

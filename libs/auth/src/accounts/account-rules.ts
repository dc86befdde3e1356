import { applyDecorators } from '@nestjs/common';
import {
  IsCalendarDate,
  IsChoice,
  IsEmailAddress,
  IsFlag,
  isCalendarDate,
  HasLength,
  IsNotBlank,
  Satisfies,
  IsText,
  IsUniqueList,
} from '#json-api';
import { ROLES } from '../tokens/scopes.js';

/** The rules for each member of an account, for the APIs and for everything else that stores accounts. */

export const SALUTATIONS = ['Mr', 'Mrs', 'Ms', 'Dr'] as const;
export const GENDERS = ['Male', 'Female'] as const;
export const USER_LOCALES = ['en_US', 'de_DE'] as const;
export const USER_STATUSES = ['active', 'inactive'] as const;

/** The login name: a customer's `email`, a user's `username`. */
export const LoginEmail = (): PropertyDecorator =>
  applyDecorators(IsNotBlank(), IsText(), HasLength(0, 100), IsEmailAddress());

export const PersonName = (): PropertyDecorator => applyDecorators(IsNotBlank(), IsText(), HasLength(0, 100));

export const Salutation = (): PropertyDecorator => applyDecorators(IsNotBlank(), IsChoice(SALUTATIONS));

export const Gender = (): PropertyDecorator => applyDecorators(IsNotBlank(), IsChoice(GENDERS));

/** More than any person's age. */
const MAXIMUM_AGE_YEARS = 150;

/** A calendar day up to today (UTC) on which a living person can be born. An empty text is not valid. */
export const BirthDate = (): PropertyDecorator =>
  applyDecorators(
    IsCalendarDate(),
    Satisfies(
      'birthDate',
      (text, settings) => !isCalendarDate(text) || isPossibleBirth(text, settings().now()),
      'This value is not a valid date.',
    ),
  );

export const UserLocale = (): PropertyDecorator => applyDecorators(IsNotBlank(), IsChoice(USER_LOCALES));

export const UserStatus = (): PropertyDecorator => applyDecorators(IsNotBlank(), IsChoice(USER_STATUSES));

export const WarehouseFlag = (): PropertyDecorator => applyDecorators(IsNotBlank(), IsFlag());

export const Roles = (): PropertyDecorator => IsUniqueList(ROLES);

function isPossibleBirth(text: string, now: Date): boolean {
  const earliest = new Date(now);
  earliest.setUTCFullYear(now.getUTCFullYear() - MAXIMUM_AGE_YEARS);
  return text >= dayOf(earliest) && text <= dayOf(now);
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

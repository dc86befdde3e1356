import { applyDecorators } from '@nestjs/common';
import {
  CalendarDate,
  Choice,
  EmailAddress,
  Flag,
  isCalendarDate,
  Length,
  NotBlank,
  Satisfies,
  Text,
  UniqueList,
} from '#json-api';
import { ROLES } from '../tokens/scopes.js';

/** The rules of accounts, member by member: of the APIs and of whatever else stores accounts. */

export const SALUTATIONS = ['Mr', 'Mrs', 'Ms', 'Dr'] as const;
export const GENDERS = ['Male', 'Female'] as const;
export const USER_LOCALES = ['en_US', 'de_DE'] as const;
export const USER_STATUSES = ['active', 'inactive'] as const;

/** What an account logs in with: a customer's `email`, a user's `username`. */
export const LoginEmail = (): PropertyDecorator => applyDecorators(NotBlank(), Text(), Length(0, 100), EmailAddress());

export const PersonName = (): PropertyDecorator => applyDecorators(NotBlank(), Text(), Length(0, 100));

export const Salutation = (): PropertyDecorator => applyDecorators(NotBlank(), Choice(SALUTATIONS));

export const Gender = (): PropertyDecorator => applyDecorators(NotBlank(), Choice(GENDERS));

/** Longer than anybody ever lived. */
const MAXIMUM_AGE_YEARS = 150;

/** A day of the calendar, up to today (UTC), on which somebody alive can have been born; an empty text is none. */
export const BirthDate = (now: () => Date): PropertyDecorator =>
  applyDecorators(
    CalendarDate(),
    Satisfies(
      'birthDate',
      (text) => !isCalendarDate(text) || isPossibleBirth(text, now()),
      'This value is not a valid date.',
    ),
  );

export const UserLocale = (): PropertyDecorator => applyDecorators(NotBlank(), Choice(USER_LOCALES));

export const UserStatus = (): PropertyDecorator => applyDecorators(NotBlank(), Choice(USER_STATUSES));

export const WarehouseFlag = (): PropertyDecorator => applyDecorators(NotBlank(), Flag());

/** Some of the roles there are, each once. */
export const Roles = (): PropertyDecorator => UniqueList(ROLES);

function isPossibleBirth(text: string, now: Date): boolean {
  const earliest = new Date(now);
  earliest.setUTCFullYear(now.getUTCFullYear() - MAXIMUM_AGE_YEARS);
  return text >= dayOf(earliest) && text <= dayOf(now);
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

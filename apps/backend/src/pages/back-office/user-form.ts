import { ROLES } from '#auth';
import type { PageForm } from '#pages';
import type { UserData } from '../../users/user.resource.js';

/** What the form of a user shows. */
export interface UserFields {
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly roles: readonly string[];
  readonly isWarehouseUser: boolean;
  readonly locale: string;
  readonly status: string;
}

export const NEW_USER: UserFields = {
  ...{ username: '', firstName: '', lastName: '', roles: [], isWarehouseUser: false },
  ...{ locale: 'en_US', status: 'active' },
};

export function fieldsOfUser({ username, firstName, lastName, roles, isWarehouseUser, locale, status }: UserData) {
  const inOrder = ROLES.filter((role) => roles.includes(role));
  return { username, firstName, lastName, roles: inOrder, isWarehouseUser, locale, status } satisfies UserFields;
}

/** As it was typed. */
export function fieldsOfForm(form: PageForm): UserFields {
  return {
    username: form.text('username').trim(),
    firstName: form.text('firstName').trim(),
    lastName: form.text('lastName').trim(),
    roles: form.texts('roles'),
    isWarehouseUser: form.text('isWarehouseUser') === 'yes',
    locale: form.text('locale'),
    status: form.text('status'),
  };
}

/** Fields that may be left empty, such as a password that stays as it is. */
export function filledIn(form: PageForm, ...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, form.text(name)]).filter(([, text]) => text?.trim() !== ''));
}

/**
 * The fields that differ from those that the form was shown with (its field `was`): what somebody else changed meanwhile
 * stays as it is.
 */
export function changesIn(form: PageForm, fields: object): object {
  const former = parsed(form.text('was'));
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(former[name])),
  );
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

import { ROLES, USER_LOCALES, USER_STATUSES } from '#auth';
import { Checkbox, Checkboxes, ErrorSummary, Field, Note, Select, type Problems, type Texts } from '#pages';
import type { AccountMfa } from '../../account-mfa/account-mfa.service.js';
import type { UserData } from '../../users/user.resource.js';
import { AccountMethods } from './account-methods.view.js';
import type { UserFields } from './user-form.js';

const PATH = '/back-office/users';

interface UserFormProps {
  readonly texts: Texts;
  readonly action: string;
  readonly fields: UserFields;
  readonly problems: Problems;
  /** Of a password, in characters. */
  readonly minLength: number;
  /** Of somebody who is there already: what the form was shown with, and the reason that was typed. */
  readonly change?: { readonly was: string; readonly reason: string };
}

/** A new user, or a change of one. */
export function UserForm({ texts, action, fields, problems, minLength, change }: UserFormProps) {
  const { users: words } = texts.backOffice;
  return (
    <>
      {!change && <h1>{words.create}</h1>}
      <ErrorSummary problems={problems} texts={texts} />
      <form class="card" method="post" action={action} data-step-up>
        {change && <input type="hidden" name="was" value={change.was} />}
        <PersonFields texts={texts} fields={fields} problems={problems} />
        <AccessFields texts={texts} fields={fields} problems={problems} />
        <Field
          name="password"
          label={change ? words.newPassword : texts.signIn.password}
          hint={change ? words.newPasswordHint(minLength) : words.passwordHint(minLength)}
          problems={problems}
          input={{ type: 'password', autocomplete: 'new-password', maxLength: 128 }}
        />
        {change && (
          <Field
            name="reason"
            label={texts.backOffice.reason}
            hint={words.reasonHint}
            problems={problems}
            input={{ value: change.reason, maxLength: 500 }}
          />
        )}
        <button>{change ? texts.backOffice.save : words.create}</button>
      </form>
    </>
  );
}

type FieldsProps = Pick<UserFormProps, 'texts' | 'fields' | 'problems'>;

function PersonFields({ texts: { backOffice, signIn }, fields, problems }: FieldsProps) {
  const { columns, locales } = backOffice;
  return (
    <>
      <Field
        name="username"
        label={signIn.email}
        problems={problems}
        input={{ type: 'email', value: fields.username, autocomplete: 'off', maxLength: 100 }}
      />
      {(['firstName', 'lastName'] as const).map((name) => (
        <Field
          key={name}
          name={name}
          label={columns[name]}
          problems={problems}
          input={{ value: fields[name], autocomplete: 'off', maxLength: 100 }}
        />
      ))}
      <Select
        name="locale"
        label={columns.locale}
        problems={problems}
        value={fields.locale}
        options={USER_LOCALES.map((locale) => [locale, locales[locale] ?? locale])}
      />
    </>
  );
}

function AccessFields({ texts: { backOffice }, fields, problems }: FieldsProps) {
  const { columns, statuses, users } = backOffice;
  return (
    <>
      <Checkboxes
        name="roles"
        label={columns.roles}
        problems={problems}
        options={ROLES.map((role) => [role, role])}
        chosen={fields.roles}
      />
      <Checkbox name="isWarehouseUser" problems={problems} isChecked={fields.isWarehouseUser}>
        {users.isWarehouseUser}
      </Checkbox>
      <Select
        name="status"
        label={columns.status}
        hint={users.statusHint}
        problems={problems}
        value={fields.status}
        options={USER_STATUSES.map((status) => [status, statuses[status] ?? status])}
      />
    </>
  );
}

interface UserProfileProps extends Omit<UserFormProps, 'action' | 'change'> {
  readonly user: UserData;
  readonly mfa: AccountMfa;
  readonly was: string;
  readonly reason: string;
  readonly isOneself: boolean;
  /** What was just done. */
  readonly event: string | undefined;
}

export function UserProfile({ user, mfa, was, reason, isOneself, event, ...form }: UserProfileProps) {
  const { users: words, removal, trailOf } = form.texts.backOffice;
  const path = `${PATH}/${user.uuid}`;
  const done = event === 'removed' ? removal.done : event === undefined ? undefined : words.events[event];
  return (
    <>
      <h1>{`${user.firstName} ${user.lastName}`}</h1>
      {done && <Note kind="good">{done}</Note>}
      <UserForm {...form} action={path} change={{ was, reason }} />
      <AccountMethods texts={form.texts} mfa={mfa} removal={isOneself ? undefined : `${path}/remove-mfa`} />
      {!isOneself && user.status === 'active' && (
        <p>
          <a class="button danger" href={`${path}/deactivate`}>
            {words.deactivate}
          </a>
        </p>
      )}
      <p>
        <a href={`/back-office/audit?userUuid=${user.uuid}`}>{trailOf}</a>
      </p>
      <p>
        <a href={PATH}>{words.back}</a>
      </p>
    </>
  );
}

interface UserDeactivationProps extends Pick<UserFormProps, 'texts' | 'action' | 'problems'> {
  readonly user: UserData;
}

export function UserDeactivation({ texts, user, action, problems }: UserDeactivationProps) {
  const { users: words, cancel } = texts.backOffice;
  return (
    <>
      <h1>{words.deactivate}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      <form class="card" method="post" action={action} data-step-up>
        <p>{words.deactivateIntro(`${user.firstName} ${user.lastName} (${user.username})`)}</p>
        <p class="row">
          <button class="danger">{words.deactivate}</button>
          <a class="button quiet" href={`${PATH}/${user.uuid}`}>
            {cancel}
          </a>
        </p>
      </form>
    </>
  );
}

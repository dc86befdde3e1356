import { USER_LOCALES } from '#auth';
import { ErrorSummary, Facts, Field, Note, Select, type Problems, type Texts } from '#pages';
import type { UserData } from '../../users/user.resource.js';

const PATH = '/back-office/profile';

/** What Back Office users may change of their own account. */
export interface OwnFields {
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: string;
}

interface OwnProfileProps {
  readonly texts: Texts;
  readonly user: UserData;
  readonly fields: OwnFields;
  /** What the form was shown with. */
  readonly was: string;
  readonly problems: Problems;
  readonly isSaved: boolean;
}

export function OwnProfile({ texts, user, fields, was, problems, isSaved }: OwnProfileProps) {
  const { profile, columns, saved } = texts.backOffice;
  return (
    <>
      <h1>{profile.title}</h1>
      {isSaved && <Note kind="good">{saved}</Note>}
      <Facts
        facts={[
          [columns.email, user.username],
          [columns.roles, user.roles.join(', ')],
        ]}
      />
      <ErrorSummary problems={problems} texts={texts} />
      <OwnForm texts={texts} fields={fields} was={was} problems={problems} />
      <ul>
        <li>
          <a href={`${PATH}/password`}>{texts.account.password.title}</a>
        </li>
        <li>
          <a href="/back-office/mfa">{texts.mfa.title}</a>
        </li>
      </ul>
    </>
  );
}

function OwnForm({ texts, fields, was, problems }: Pick<OwnProfileProps, 'texts' | 'fields' | 'was' | 'problems'>) {
  const { columns, locales, save } = texts.backOffice;
  return (
    <form class="card" method="post" action={PATH} data-step-up>
      <input type="hidden" name="was" value={was} />
      {(['firstName', 'lastName'] as const).map((name) => (
        <Field
          key={name}
          name={name}
          label={columns[name]}
          problems={problems}
          input={{
            value: fields[name],
            autocomplete: name === 'firstName' ? 'given-name' : 'family-name',
            maxLength: 100,
          }}
        />
      ))}
      <Select
        name="locale"
        label={columns.locale}
        problems={problems}
        value={fields.locale}
        options={USER_LOCALES.map((locale) => [locale, locales[locale] ?? locale])}
      />
      <button>{save}</button>
    </form>
  );
}

interface OwnPasswordProps extends Pick<OwnProfileProps, 'texts' | 'problems'> {
  /** Of a password, in characters. */
  readonly minLength: number;
}

export function OwnPassword({ texts, problems, minLength }: OwnPasswordProps) {
  const { password } = texts.account;
  const next = { type: 'password', autocomplete: 'new-password', maxLength: 128 } as const;
  return (
    <>
      <h1>{password.title}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      <form class="card" method="post" action={`${PATH}/password`} data-step-up>
        <Field
          name="password"
          label={password.current}
          problems={problems}
          input={{ type: 'password', autocomplete: 'current-password', maxLength: 128 }}
        />
        <Field
          name="newPassword"
          label={password.next}
          hint={password.nextHint(minLength)}
          problems={problems}
          input={next}
        />
        <Field name="confirmPassword" label={password.repeat} problems={problems} input={next} />
        <p class="hint">{password.note}</p>
        <button>{password.button}</button>
      </form>
    </>
  );
}

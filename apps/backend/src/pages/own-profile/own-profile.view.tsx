import { USER_LOCALES } from '#auth';
import { ErrorSummary, Facts, Field, NewPasswordFields, Note, Select, type Problems, type Texts } from '#pages';
import type { UserData } from '../../users/user.resource.js';

/** What users may change of their own account. */
export interface OwnFields {
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: string;
}

interface OwnProfileProps {
  readonly texts: Texts;
  readonly user: UserData;
  /** Of the page. */
  readonly path: string;
  readonly fields: OwnFields;
  /** What the form was shown with. */
  readonly was: string;
  readonly problems: Problems;
  readonly isSaved: boolean;
}

export function OwnProfile({ texts, user, path, fields, was, problems, isSaved }: OwnProfileProps) {
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
      <p class="hint">{profile.emailHint}</p>
      <ErrorSummary problems={problems} texts={texts} />
      <OwnForm {...{ texts, path, fields, was, problems }} />
      <p>
        <a href={`${path}/password`}>{texts.account.password.title}</a>
      </p>
    </>
  );
}

type OwnFormProps = Pick<OwnProfileProps, 'texts' | 'path' | 'fields' | 'was' | 'problems'>;

function OwnForm({ texts, path, fields, was, problems }: OwnFormProps) {
  const { columns, locales, save } = texts.backOffice;
  return (
    <form class="card" method="post" action={path} data-step-up>
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

interface OwnPasswordProps extends Pick<OwnProfileProps, 'texts' | 'path' | 'problems'> {
  /** Of a password, in characters. */
  readonly minLength: number;
}

export function OwnPassword({ texts, path, problems, minLength }: OwnPasswordProps) {
  const { password } = texts.account;
  const words = { label: password.next, repeat: password.repeat, minLength };
  return (
    <>
      <h1>{password.title}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      <form class="card" method="post" action={path} data-step-up>
        <Field
          name="password"
          label={password.current}
          problems={problems}
          input={{ type: 'password', autocomplete: 'current-password', maxLength: 128 }}
        />
        <NewPasswordFields texts={texts} problems={problems} name="newPassword" {...words} />
        <p class="hint">{password.note}</p>
        <button>{password.button}</button>
      </form>
    </>
  );
}

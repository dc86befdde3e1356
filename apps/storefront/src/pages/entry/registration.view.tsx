import { Checkbox, ErrorSummary, Field, NewPasswordFields, SignInLink, type Problems, type Texts } from '#pages';
import { BirthFields, NameFields } from '../person-fields.view.js';

interface RegistrationFormProps {
  readonly texts: Texts;
  /** What stands in the fields, by their names. */
  readonly values: Readonly<Record<string, string>>;
  readonly problems: Problems;
  /** Of a password, in characters. */
  readonly minLength: number;
}

export function RegistrationForm({ texts, values, problems, minLength }: RegistrationFormProps) {
  const { registration } = texts.account;
  const { password, repeat } = registration;
  return (
    <>
      <h1>{registration.title}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      <form class="card" method="post" action="/account/register">
        <NameFields texts={texts} values={values} problems={problems} />
        <BirthFields texts={texts} values={values} problems={problems} />
        <Field
          name="email"
          label={registration.email}
          problems={problems}
          input={{ type: 'email', value: values['email'], autocomplete: 'username', maxLength: 100 }}
        />
        <NewPasswordFields {...{ texts, problems, minLength, name: 'password', label: password, repeat }} />
        <Checkbox name="acceptedTerms" problems={problems} isChecked={values['acceptedTerms'] === 'yes'}>
          {registration.terms}
        </Checkbox>
        <button>{registration.button}</button>
      </form>
      <SignInLink texts={texts} base="/account" />
    </>
  );
}

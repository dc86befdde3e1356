import { GENDERS, SALUTATIONS } from '#auth';
import { Field, Select, type Problems, type Texts } from '#pages';

interface PersonFieldsProps {
  readonly texts: Texts;
  /** What stands in the fields, by their names. */
  readonly values: Readonly<Record<string, string>>;
  readonly problems: Problems;
}

/** How somebody is called. */
export function NameFields({ texts, values, problems }: PersonFieldsProps) {
  const { person, choose } = texts.account;
  const text = { type: 'text', maxLength: 100 } as const;
  return (
    <>
      <Select
        name="salutation"
        problems={problems}
        value={values['salutation'] ?? ''}
        label={person.salutation}
        none={choose}
        options={SALUTATIONS.map((one) => [one, person.salutations[one] ?? one])}
        autocomplete="honorific-prefix"
      />
      <Field
        name="firstName"
        label={person.firstName}
        problems={problems}
        input={{ ...text, value: values['firstName'], autocomplete: 'given-name' }}
      />
      <Field
        name="lastName"
        label={person.lastName}
        problems={problems}
        input={{ ...text, value: values['lastName'], autocomplete: 'family-name' }}
      />
    </>
  );
}

/** Gender and date of birth. */
export function BirthFields({ texts, values, problems }: PersonFieldsProps) {
  const { person, choose, optional } = texts.account;
  return (
    <>
      <Select
        name="gender"
        problems={problems}
        value={values['gender'] ?? ''}
        label={person.gender}
        none={choose}
        options={GENDERS.map((one) => [one, person.genders[one] ?? one])}
        autocomplete="sex"
      />
      <Field
        name="dateOfBirth"
        label={person.birth}
        hint={optional}
        problems={problems}
        input={{ type: 'date', value: values['dateOfBirth'], autocomplete: 'bday' }}
      />
    </>
  );
}

import { Checkbox, ErrorSummary, Field, Select, type Problems, type Texts } from '#pages';
import type { Address } from '../../addresses/address.resource.js';
import { countries } from '../../addresses/country.js';
import { NameFields } from '../person-fields.view.js';

export const OPTIONAL_FIELDS = ['company', 'address3', 'phone'] as const;
export const FLAGS = ['isDefaultShipping', 'isDefaultBilling'] as const;
/** All fields of the form, by the names of the API. */
export const ADDRESS_FIELDS = [
  ...['salutation', 'firstName', 'lastName', 'address1', 'address2', 'zipCode', 'city', 'iso2Code'],
  ...OPTIONAL_FIELDS,
  ...FLAGS,
] as const;

type Values = Readonly<Record<string, string>>;

export interface AddressFormProps {
  readonly texts: Texts;
  readonly title: string;
  readonly action: string;
  /** Where to go instead. */
  readonly list: string;
  /** What stands in the fields, by their names. */
  readonly values?: Values;
  readonly problems?: Problems;
}

export function AddressForm({ texts, title, action, list, values = {}, problems = {} }: AddressFormProps) {
  const { addresses, choose, save } = texts.account;
  const props = { texts, values, problems };
  return (
    <>
      <h1>{title}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      <form class="card" method="post" action={action} data-step-up>
        <NameFields {...props} />
        <AddressField {...props} name="company" autocomplete="organization" maxLength={255} />
        <AddressField {...props} name="address1" autocomplete="address-line1" maxLength={255} />
        <AddressField {...props} name="address2" autocomplete="address-line2" maxLength={255} />
        <AddressField {...props} name="address3" autocomplete="address-line3" maxLength={255} />
        <AddressField {...props} name="zipCode" autocomplete="postal-code" maxLength={15} />
        <AddressField {...props} name="city" autocomplete="address-level2" maxLength={255} />
        <Select
          name="iso2Code"
          label={addresses.country}
          problems={problems}
          value={values['iso2Code'] ?? ''}
          none={choose}
          options={countries(texts.locale)}
          autocomplete="country"
        />
        <AddressField {...props} name="phone" autocomplete="tel" maxLength={255} />
        {FLAGS.map((name) => (
          <Checkbox key={name} name={name} problems={problems} isChecked={values[name] === 'yes'}>
            {addresses[name]}
          </Checkbox>
        ))}
        <p class="row">
          <button>{save}</button>
          <a class="button quiet" href={list}>
            {texts.code.cancel}
          </a>
        </p>
      </form>
    </>
  );
}

interface AddressFieldProps {
  readonly texts: Texts;
  readonly values: Values;
  readonly problems: Problems;
  readonly name: (typeof OPTIONAL_FIELDS)[number] | 'address1' | 'address2' | 'zipCode' | 'city';
  readonly autocomplete: string;
  readonly maxLength: number;
}

function AddressField({ texts, values, problems, name, ...input }: AddressFieldProps) {
  const { addresses, optional } = texts.account;
  const isOptional = OPTIONAL_FIELDS.some((one) => one === name);
  return (
    <Field
      name={name}
      label={addresses[name]}
      hint={isOptional ? optional : undefined}
      problems={problems}
      input={{ type: 'text', value: values[name], ...input }}
    />
  );
}

/** An address as its form shows it. */
export function valuesOf(address: Address): Values {
  const texts = Object.entries(address).map(([name, value]) => {
    if (typeof value === 'boolean') return [name, value ? 'yes' : ''] as const;
    return [name, value ?? ''] as const;
  });
  return Object.fromEntries(texts);
}

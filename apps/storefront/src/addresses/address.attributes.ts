import { OptionalText, RequiredFlag, RequiredText, Salutation } from './address-rules.js';

/** Attributes of a new address. */
export class AddressAttributes {
  @Salutation()
  salutation!: string;

  @RequiredText(100)
  firstName!: string;

  @RequiredText(100)
  lastName!: string;

  @RequiredText(255)
  address1!: string;

  @RequiredText(255)
  address2!: string;

  @OptionalText()
  address3?: string | null;

  @RequiredText(15)
  zipCode!: string;

  @RequiredText(255, 3)
  city!: string;

  @RequiredText(2)
  iso2Code!: string;

  @OptionalText()
  company?: string | null;

  @OptionalText()
  phone?: string | null;

  @RequiredFlag()
  isDefaultShipping!: boolean;

  @RequiredFlag()
  isDefaultBilling!: boolean;
}

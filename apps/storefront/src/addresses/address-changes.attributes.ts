import { IfSent } from '#json-api';
import { OptionalText, RequiredFlag, RequiredText, Salutation } from './address-rules.js';

/** Attributes of a changed address: any of them; what an address must have cannot be taken from it. */
export class AddressChanges {
  @IfSent()
  @Salutation()
  salutation?: string;

  @IfSent()
  @RequiredText(100)
  firstName?: string;

  @IfSent()
  @RequiredText(100)
  lastName?: string;

  @IfSent()
  @RequiredText(255)
  address1?: string;

  @IfSent()
  @RequiredText(255)
  address2?: string;

  @OptionalText()
  address3?: string | null;

  @IfSent()
  @RequiredText(15)
  zipCode?: string;

  @IfSent()
  @RequiredText(255, 3)
  city?: string;

  @IfSent()
  @RequiredText(2)
  iso2Code?: string;

  @OptionalText()
  company?: string | null;

  @OptionalText()
  phone?: string | null;

  @IfSent()
  @RequiredFlag()
  isDefaultShipping?: boolean;

  @IfSent()
  @RequiredFlag()
  isDefaultBilling?: boolean;
}

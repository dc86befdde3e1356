import { IsOptionalMember } from '#json-api';
import { OptionalText, RequiredFlag, RequiredText, Salutation } from './address-rules.js';

/** Attributes of a changed address: any of them; what an address must have cannot be taken from it. */
export class AddressChanges {
  @IsOptionalMember()
  @Salutation()
  salutation?: string;

  @IsOptionalMember()
  @RequiredText(100)
  firstName?: string;

  @IsOptionalMember()
  @RequiredText(100)
  lastName?: string;

  @IsOptionalMember()
  @RequiredText(255)
  address1?: string;

  @IsOptionalMember()
  @RequiredText(255)
  address2?: string;

  @OptionalText()
  address3?: string | null;

  @IsOptionalMember()
  @RequiredText(15)
  zipCode?: string;

  @IsOptionalMember()
  @RequiredText(255, 3)
  city?: string;

  @IsOptionalMember()
  @RequiredText(2)
  iso2Code?: string;

  @OptionalText()
  company?: string | null;

  @OptionalText()
  phone?: string | null;

  @IsOptionalMember()
  @RequiredFlag()
  isDefaultShipping?: boolean;

  @IsOptionalMember()
  @RequiredFlag()
  isDefaultBilling?: boolean;
}

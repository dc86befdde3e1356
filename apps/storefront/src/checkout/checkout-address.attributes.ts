import { applyDecorators } from '@nestjs/common';
import { ValidateIf } from 'class-validator';
import { Flag, Length, NotBlank } from '#json-api';
import { PlainText } from './checkout-rules.js';

/** An address of an order: written out, or by the id of one in the address book. */
export class CheckoutAddressAttributes {
  @PlainText()
  id?: string | null;

  @PlainText()
  idCompanyBusinessUnitAddress?: string | null;

  @WrittenOut(NotBlank())
  salutation?: string | null;

  @WrittenOut(NotBlank())
  firstName?: string | null;

  @WrittenOut(NotBlank())
  lastName?: string | null;

  @WrittenOut(NotBlank())
  address1?: string | null;

  @WrittenOut(NotBlank())
  address2?: string | null;

  @WrittenOut()
  address3?: string | null;

  @WrittenOut(NotBlank())
  zipCode?: string | null;

  @WrittenOut(NotBlank(), Length(3, 255))
  city?: string | null;

  @WrittenOut(NotBlank())
  iso2Code?: string | null;

  @WrittenOut()
  company?: string | null;

  @WrittenOut()
  phone?: string | null;

  /** Of an address book; an order has no use for it. */
  @Flag()
  isDefaultBilling?: boolean | null;

  @Flag()
  isDefaultShipping?: boolean | null;
}

/** Rules for the fields of an address that is not given by an id. */
function WrittenOut(...rules: PropertyDecorator[]): PropertyDecorator {
  return applyDecorators(
    ValidateIf(
      ({ id, idCompanyBusinessUnitAddress }: CheckoutAddressAttributes) => !id && !idCompanyBusinessUnitAddress,
    ),
    ...rules,
    PlainText(),
  );
}

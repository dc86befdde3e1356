import { applyDecorators } from '@nestjs/common';
import { ValidateIf } from 'class-validator';
import { IsFlag, HasLength, IsNotBlank } from '#json-api';
import { PlainText } from './checkout-rules.js';

/** An address of an order: written out, or by the id of one in the address book. */
export class CheckoutAddressAttributes {
  @PlainText()
  id?: string | null;

  @PlainText()
  idCompanyBusinessUnitAddress?: string | null;

  @WrittenOut(IsNotBlank())
  salutation?: string | null;

  @WrittenOut(IsNotBlank())
  firstName?: string | null;

  @WrittenOut(IsNotBlank())
  lastName?: string | null;

  @WrittenOut(IsNotBlank())
  address1?: string | null;

  @WrittenOut(IsNotBlank())
  address2?: string | null;

  @WrittenOut()
  address3?: string | null;

  @WrittenOut(IsNotBlank())
  zipCode?: string | null;

  @WrittenOut(IsNotBlank(), HasLength(3, 255))
  city?: string | null;

  @WrittenOut(IsNotBlank())
  iso2Code?: string | null;

  @WrittenOut()
  company?: string | null;

  @WrittenOut()
  phone?: string | null;

  /** Of an address book; an order has no use for it. */
  @IsFlag()
  isDefaultBilling?: boolean | null;

  @IsFlag()
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

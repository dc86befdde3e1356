import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { ApiMember, HasLength, IsFlag, IsNotBlank } from '#json-api';
import { PlainText } from '../checkout-rules.js';

/** An address of an order: written out, or by the id of one in the address book. */
export class CheckoutAddressDto {
  @ApiProperty({ example: null })
  @PlainText()
  id?: string | null;

  @ApiProperty({ example: null })
  @PlainText()
  idCompanyBusinessUnitAddress?: string | null;

  @ApiProperty({ example: 'Ms' })
  @WrittenOut(IsNotBlank())
  salutation?: string | null;

  @ApiProperty({ example: 'Ada' })
  @WrittenOut(IsNotBlank())
  firstName?: string | null;

  @ApiProperty({ example: 'Kessler' })
  @WrittenOut(IsNotBlank())
  lastName?: string | null;

  @ApiProperty({ example: 'Am Sandtorkai' })
  @WrittenOut(IsNotBlank())
  address1?: string | null;

  @ApiProperty({ example: '4' })
  @WrittenOut(IsNotBlank())
  address2?: string | null;

  @ApiProperty({ example: null })
  @WrittenOut()
  address3?: string | null;

  @ApiProperty({ example: '20457' })
  @WrittenOut(IsNotBlank())
  zipCode?: string | null;

  @ApiProperty({ example: 'Hamburg' })
  @WrittenOut(IsNotBlank(), HasLength(3, 255))
  city?: string | null;

  @ApiProperty({ example: 'DE' })
  @WrittenOut(IsNotBlank())
  iso2Code?: string | null;

  @ApiProperty({ example: null })
  @WrittenOut()
  company?: string | null;

  @ApiProperty({ example: null })
  @WrittenOut()
  phone?: string | null;

  /** Of an address book; an order has no use for it. */
  @ApiProperty({ example: false })
  @IsFlag()
  isDefaultBilling?: boolean | null;

  @ApiProperty({ example: false })
  @IsFlag()
  isDefaultShipping?: boolean | null;
}

/** Rules for the fields of an address that is not given by an id. */
function WrittenOut(...rules: PropertyDecorator[]): PropertyDecorator {
  return applyDecorators(
    ValidateIf(({ id, idCompanyBusinessUnitAddress }: CheckoutAddressDto) => !id && !idCompanyBusinessUnitAddress),
    ...rules,
    PlainText(),
    ApiMember({ required: false, nullable: true }), // for there may be an id
  );
}

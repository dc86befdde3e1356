import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { ApiMember, HasLength, IsFlag, IsNotBlank } from '#json-api';
import { PlainText } from '../checkout-rules.js';

/** An address of an order: either all fields, or the id of an address in the address book. */
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

  /** Only used in address books. An order ignores it. */
  @ApiProperty({ example: false })
  @IsFlag()
  isDefaultBilling?: boolean | null;

  @ApiProperty({ example: false })
  @IsFlag()
  isDefaultShipping?: boolean | null;
}

/** The rules of a field if the address has no id. */
function WrittenOut(...rules: PropertyDecorator[]): PropertyDecorator {
  return applyDecorators(
    ValidateIf(({ id, idCompanyBusinessUnitAddress }: CheckoutAddressDto) => !id && !idCompanyBusinessUnitAddress),
    ...rules,
    PlainText(),
    ApiMember({ required: false, nullable: true }), // optional, because an id may replace the field
  );
}

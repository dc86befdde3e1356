import { ApiProperty } from '@nestjs/swagger';
import { OptionalText, RequiredFlag, RequiredText, Salutation } from '../address-rules.js';

export class CreateAddressDto {
  @ApiProperty({ example: 'Ms' })
  @Salutation()
  salutation!: string;

  @ApiProperty({ example: 'Ada' })
  @RequiredText(100)
  firstName!: string;

  @ApiProperty({ example: 'Kessler' })
  @RequiredText(100)
  lastName!: string;

  @ApiProperty({ example: 'Am Sandtorkai' })
  @RequiredText(255)
  address1!: string;

  @ApiProperty({ example: '4' })
  @RequiredText(255)
  address2!: string;

  @ApiProperty({ example: 'Second floor' })
  @OptionalText()
  address3?: string | null;

  @ApiProperty({ example: '20457' })
  @RequiredText(15)
  zipCode!: string;

  @ApiProperty({ example: 'Hamburg' })
  @RequiredText(255, 3)
  city!: string;

  @ApiProperty({ example: 'DE' })
  @RequiredText(2)
  iso2Code!: string;

  @ApiProperty({ example: 'Harbor Supply GmbH' })
  @OptionalText()
  company?: string | null;

  @ApiProperty({ example: '+49 40 5550100' })
  @OptionalText()
  phone?: string | null;

  @ApiProperty({ example: true })
  @RequiredFlag()
  isDefaultShipping!: boolean;

  @ApiProperty({ example: true })
  @RequiredFlag()
  isDefaultBilling!: boolean;
}

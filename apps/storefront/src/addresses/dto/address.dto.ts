import { ApiProperty } from '@nestjs/swagger';
import { ApiResource } from '#json-api';

/** An address in responses (contract: resources, section 2.3). */
@ApiResource('addresses', { id: '3d1f6f0e-5c0b-5d2e-9b57-6f0c2f4c8a11' })
export class AddressDto {
  @ApiProperty({ example: 'Ms' })
  salutation!: string;

  @ApiProperty({ example: 'Ada' })
  firstName!: string;

  @ApiProperty({ example: 'Kessler' })
  lastName!: string;

  @ApiProperty({ example: 'Am Sandtorkai' })
  address1!: string;

  @ApiProperty({ example: '4' })
  address2!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Second floor' })
  address3!: string | null;

  @ApiProperty({ example: '20457' })
  zipCode!: string;

  @ApiProperty({ example: 'Hamburg' })
  city!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Germany', description: 'Its English name' })
  country!: string | null;

  @ApiProperty({ example: 'DE', description: 'ISO 3166-1 alpha-2, in capitals' })
  iso2Code!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Harbor Supply GmbH' })
  company!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '+49 40 5550100' })
  phone!: string | null;

  @ApiProperty({ example: true })
  isDefaultShipping!: boolean;

  @ApiProperty({ example: true })
  isDefaultBilling!: boolean;
}

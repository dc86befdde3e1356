import { ApiProperty } from '@nestjs/swagger';
import { ApiResource } from '#json-api';
import { AddressDto } from '../../addresses/dto/address.dto.js';

/** A customer in responses (contract: resources, section 2.2). */
@ApiResource('customers', { id: 'DE--21', related: { addresses: () => AddressDto } })
export class CustomerDto {
  @ApiProperty({ example: 'Ada' })
  firstName!: string;

  @ApiProperty({ example: 'Kessler' })
  lastName!: string;

  @ApiProperty({ example: 'ada.kessler@harborsupply.example' })
  email!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Female' })
  gender!: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true, example: '1990-04-12' })
  dateOfBirth!: string | null;

  @ApiProperty({ example: 'Ms' })
  salutation!: string;

  @ApiProperty({ example: '2026-02-09 10:30:00.000000' })
  createdAt!: string;

  @ApiProperty({ example: '2026-02-09 10:30:00.000000' })
  updatedAt!: string;
}

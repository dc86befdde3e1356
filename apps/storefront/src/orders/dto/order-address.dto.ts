import { ApiProperty, OmitType } from '@nestjs/swagger';
import { AddressDto } from '../../addresses/dto/address.dto.js';

/** A shipping or billing address. Personal data. */
export class OrderAddressDto extends OmitType(AddressDto, ['country', 'isDefaultShipping', 'isDefaultBilling']) {
  @ApiProperty({ example: 'Germany', description: 'Its English name' })
  country!: string;
}

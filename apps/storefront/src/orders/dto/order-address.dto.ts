import { ApiProperty, OmitType } from '@nestjs/swagger';
import { AddressDto } from '../../addresses/dto/address.dto.js';

/** Where something was sent or billed to; personal data. */
export class OrderAddressDto extends OmitType(AddressDto, ['country', 'isDefaultShipping', 'isDefaultBilling']) {
  @ApiProperty({ example: 'Germany', description: 'Its English name' })
  country!: string;
}

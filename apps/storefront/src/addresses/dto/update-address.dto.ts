import { PartialType } from '@nestjs/swagger';
import { CreateAddressDto } from './create-address.dto.js';

/** Some members of an address. Null for a required member is refused, as in a new address. */
export class UpdateAddressDto extends PartialType(CreateAddressDto, { skipNullProperties: false }) {}

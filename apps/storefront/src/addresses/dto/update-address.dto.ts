import { PartialType } from '@nestjs/swagger';
import { CreateAddressDto } from './create-address.dto.js';

/** Any members of an address; what an address must have cannot be taken from it: null is judged as it is in a new one. */
export class UpdateAddressDto extends PartialType(CreateAddressDto, { skipNullProperties: false }) {}

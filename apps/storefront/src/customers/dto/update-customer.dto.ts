import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { BirthDate } from '#auth';
import { IsNotBlank, IsOptionalMember } from '#json-api';
import { CreateCustomerDto } from './create-customer.dto.js';

const ALL_BUT_BIRTH = OmitType(CreateCustomerDto, ['dateOfBirth']);

/** What customers may change of their own data; the two passwords are looked at, but change nothing. */
export class UpdateCustomerDto extends PartialType(ALL_BUT_BIRTH, { skipNullProperties: false }) {
  /** `YYYY-MM-DD` */
  @ApiProperty({ example: '1990-04-12' })
  @IsOptionalMember()
  @IsNotBlank()
  @BirthDate()
  dateOfBirth?: string;
}

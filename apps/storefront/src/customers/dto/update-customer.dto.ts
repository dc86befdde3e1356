import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { BirthDate } from '#auth';
import { IsNotBlank, IsOptionalMember } from '#json-api';
import { CreateCustomerDto } from './create-customer.dto.js';

const ALL_BUT_BIRTH = OmitType(CreateCustomerDto, ['dateOfBirth']);

/** The changes of a customer's own data. The two passwords are compared but not stored. */
export class UpdateCustomerDto extends PartialType(ALL_BUT_BIRTH, { skipNullProperties: false }) {
  /** `YYYY-MM-DD` */
  @ApiProperty({ example: '1990-04-12' })
  @IsOptionalMember()
  @IsNotBlank()
  @BirthDate()
  dateOfBirth?: string;
}

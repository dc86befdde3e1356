import { ApiProperty } from '@nestjs/swagger';
import { BirthDate, Gender, LoginEmail, NewPassword, PersonName, RepeatedPassword, Salutation } from '#auth';
import { IsNotBlank, IsTrue } from '#json-api';

export class CreateCustomerDto {
  @ApiProperty({ example: 'Ms' })
  @Salutation()
  salutation!: string;

  @ApiProperty({ example: 'Nele' })
  @PersonName()
  firstName!: string;

  @ApiProperty({ example: 'Hansen' })
  @PersonName()
  lastName!: string;

  @ApiProperty({ example: 'Female' })
  @Gender()
  gender!: string;

  @ApiProperty({ example: 'nele.hansen@harborsupply.example' })
  @LoginEmail()
  email!: string;

  @ApiProperty({ example: 'Harbor-Demo-01!' })
  @NewPassword()
  password!: string;

  @ApiProperty({ example: 'Harbor-Demo-01!' })
  @RepeatedPassword()
  confirmPassword!: string;

  @ApiProperty({ example: true })
  @IsNotBlank()
  @IsTrue()
  acceptedTerms!: true;

  /** `YYYY-MM-DD`. Empty or null: no date. */
  @ApiProperty({ example: '1990-04-12' })
  @BirthDate()
  dateOfBirth?: string | null;
}

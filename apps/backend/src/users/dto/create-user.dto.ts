import { ApiProperty } from '@nestjs/swagger';
import { LoginEmail, NewPassword, PersonName, type Role, Roles, UserLocale, UserStatus, WarehouseFlag } from '#auth';
import { IsOptionalMember } from '#json-api';

export class CreateUserDto {
  @ApiProperty({ example: 'wim.dekker@sallyport.example' })
  @LoginEmail()
  username!: string;

  @ApiProperty({ example: 'Gate-Demo-01!' })
  @NewPassword()
  password!: string;

  @ApiProperty({ example: 'Wim' })
  @PersonName()
  firstName!: string;

  @ApiProperty({ example: 'Dekker' })
  @PersonName()
  lastName!: string;

  @ApiProperty({ example: ['warehouse'] })
  @Roles()
  roles!: Role[];

  @ApiProperty({ example: true })
  @IsOptionalMember()
  @WarehouseFlag()
  isWarehouseUser?: boolean;

  @ApiProperty({ example: 'de_DE' })
  @IsOptionalMember()
  @UserLocale()
  locale?: string;

  @ApiProperty({ example: 'active' })
  @IsOptionalMember()
  @UserStatus()
  status?: string;
}

import { ApiProperty } from '@nestjs/swagger';
import { ROLES, USER_STATUSES } from '#auth';
import { ApiResource } from '#json-api';

@ApiResource('users', { id: '7c1e2a90-3f9b-5a4e-8d15-2b7f60c4d1aa' })
export class UserDto {
  @ApiProperty({ example: 'wim.dekker@sallyport.example' })
  username!: string;

  @ApiProperty({ example: 'Wim' })
  firstName!: string;

  @ApiProperty({ example: 'Dekker' })
  lastName!: string;

  @ApiProperty({ type: [String], example: ['warehouse'], description: `Of ${ROLES.join(', ')}` })
  roles!: string[];

  @ApiProperty({ example: true })
  isWarehouseUser!: boolean;

  @ApiProperty({ example: 'de_DE' })
  locale!: string;

  @ApiProperty({ enum: USER_STATUSES, example: 'active' })
  status!: string;

  @ApiProperty({ example: '2026-02-09 10:30:00.000000', description: 'In UTC' })
  createdAt!: string;

  @ApiProperty({ example: '2026-02-09 10:30:00.000000', description: 'In UTC' })
  updatedAt!: string;
}

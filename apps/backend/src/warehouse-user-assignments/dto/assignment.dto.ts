import { ApiProperty } from '@nestjs/swagger';
import { ApiResource } from '#json-api';

/** The warehouse of an assignment in responses. */
export class AssignedWarehouseDto {
  @ApiProperty({ example: '51d0c3f2-9a7d-5c68-b1e4-80c2a6f0e7bb' })
  uuid!: string;

  @ApiProperty({ example: 'Hamburg Quay 4' })
  name!: string;

  @ApiProperty({ example: true })
  isActive!: boolean;
}

/** The user of an assignment, included if the request asks for it. */
@ApiResource('users', { id: '7c1e2a90-3f9b-5a4e-8d15-2b7f60c4d1aa' })
export class AssignedUserDto {
  @ApiProperty({ example: 'wim.dekker@sallyport.example' })
  username!: string;

  @ApiProperty({ example: 'Wim' })
  firstName!: string;

  @ApiProperty({ example: 'Dekker' })
  lastName!: string;
}

/** An assignment in responses (contract: resources, section 2.7). */
@ApiResource('warehouse-user-assignments', {
  id: '0f8a4f5e-6a53-5a0e-9a70-6f2b1c9f3a11',
  related: { users: () => AssignedUserDto },
})
export class AssignmentDto {
  @ApiProperty({ example: '7c1e2a90-3f9b-5a4e-8d15-2b7f60c4d1aa' })
  userUuid!: string;

  @ApiProperty({ example: true })
  isActive!: boolean;

  @ApiProperty({ type: () => AssignedWarehouseDto })
  warehouse!: AssignedWarehouseDto;
}

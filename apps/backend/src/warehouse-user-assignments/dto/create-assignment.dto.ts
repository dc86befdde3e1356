import { ApiProperty } from '@nestjs/swagger';
import { IsNested, IsNotBlank, IsOptionalMember, IsText } from '#json-api';
import { FlagOrText } from '../assignment-rules.js';

/** The warehouse of an assignment in requests. */
export class WarehouseReferenceDto {
  @ApiProperty({ example: '51d0c3f2-9a7d-5c68-b1e4-80c2a6f0e7bb' })
  @IsNotBlank()
  @IsText()
  uuid!: string;
}

export class CreateAssignmentDto {
  @ApiProperty({ example: '7c1e2a90-3f9b-5a4e-8d15-2b7f60c4d1aa' })
  @IsNotBlank()
  @IsText()
  userUuid!: string;

  @IsNotBlank()
  @IsNested(() => WarehouseReferenceDto)
  warehouse!: WarehouseReferenceDto;

  @ApiProperty({ example: true })
  @IsOptionalMember()
  @FlagOrText()
  isActive?: boolean;
}

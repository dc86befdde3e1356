import { IsOptionalMember, IsNested, IsNotBlank, IsText } from '#json-api';
import { FlagOrText } from './assignment-rules.js';
import { WarehouseReferenceAttributes } from './warehouse-reference.attributes.js';

/** Attributes of a change; what is not sent stays as it is. */
export class UpdateAssignmentAttributes {
  @IsOptionalMember()
  @IsNotBlank()
  @IsText()
  userUuid?: string;

  @IsOptionalMember()
  @IsNotBlank()
  @IsNested(() => WarehouseReferenceAttributes)
  warehouse?: WarehouseReferenceAttributes;

  @IsOptionalMember()
  @FlagOrText()
  isActive?: boolean;
}

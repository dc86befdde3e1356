import { IsNested, IsNotBlank, IsText } from '#json-api';
import { FlagOrText } from './assignment-rules.js';
import { WarehouseReferenceAttributes } from './warehouse-reference.attributes.js';

/** Attributes of a new assignment. */
export class CreateAssignmentAttributes {
  @IsNotBlank()
  @IsText()
  userUuid!: string;

  @IsNotBlank()
  @IsNested(() => WarehouseReferenceAttributes)
  warehouse!: WarehouseReferenceAttributes;

  @FlagOrText()
  isActive = false;
}

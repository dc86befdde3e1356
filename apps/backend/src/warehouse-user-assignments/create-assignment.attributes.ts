import { Nested, NotBlank, Text } from '#json-api';
import { FlagOrText } from './assignment-rules.js';
import { WarehouseReferenceAttributes } from './warehouse-reference.attributes.js';

/** Attributes of a new assignment. */
export class CreateAssignmentAttributes {
  @NotBlank()
  @Text()
  userUuid!: string;

  @NotBlank()
  @Nested(() => WarehouseReferenceAttributes)
  warehouse!: WarehouseReferenceAttributes;

  @FlagOrText()
  isActive = false;
}

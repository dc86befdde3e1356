import { NotBlank, Text } from '#json-api';
import { Flag, WarehouseReference } from './assignment-rules.js';
import type { WarehouseReferenceAttributes } from './warehouse-reference.attributes.js';

/** Attributes of a new assignment. */
export class CreateAssignmentAttributes {
  @NotBlank()
  @Text()
  userUuid!: string;

  @NotBlank()
  @WarehouseReference()
  warehouse!: WarehouseReferenceAttributes;

  @Flag()
  isActive = false;
}

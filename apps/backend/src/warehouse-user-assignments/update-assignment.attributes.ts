import { NotBlank, Text } from '#json-api';
import { Flag, IfSent, WarehouseReference } from './assignment-rules.js';
import type { WarehouseReferenceAttributes } from './warehouse-reference.attributes.js';

/** Attributes of a change; what is not sent stays as it is. */
export class UpdateAssignmentAttributes {
  @IfSent()
  @NotBlank()
  @Text()
  userUuid?: string;

  @IfSent()
  @NotBlank()
  @WarehouseReference()
  warehouse?: WarehouseReferenceAttributes;

  @IfSent()
  @Flag()
  isActive?: boolean;
}

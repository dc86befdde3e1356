import { IfSent, Nested, NotBlank, Text } from '#json-api';
import { FlagOrText } from './assignment-rules.js';
import { WarehouseReferenceAttributes } from './warehouse-reference.attributes.js';

/** Attributes of a change; what is not sent stays as it is. */
export class UpdateAssignmentAttributes {
  @IfSent()
  @NotBlank()
  @Text()
  userUuid?: string;

  @IfSent()
  @NotBlank()
  @Nested(() => WarehouseReferenceAttributes)
  warehouse?: WarehouseReferenceAttributes;

  @IfSent()
  @FlagOrText()
  isActive?: boolean;
}

import { IsOptionalMember, HasLength, IsNotBlank, IsText } from '#json-api';
import { MAXIMUM_NAME_LENGTH } from './cart-name.js';

/** Attributes of a cart that shall change; empty ones keep the old value (contract: section 4, point 9). */
export class UpdateCartAttributes {
  @IsText()
  priceMode?: string | null;

  @IsText()
  currency?: string | null;

  @IsText()
  store?: string | null;

  @IsOptionalMember()
  @IsNotBlank()
  @IsText()
  @HasLength(0, MAXIMUM_NAME_LENGTH)
  name?: string;
}

import { IfSent, Length, NotBlank, Text } from '#json-api';
import { MAXIMUM_NAME_LENGTH } from './cart-name.js';

/** Attributes of a cart that shall change; empty ones keep the old value (contract: section 4, point 9). */
export class UpdateCartAttributes {
  @Text()
  priceMode?: string | null;

  @Text()
  currency?: string | null;

  @Text()
  store?: string | null;

  @IfSent()
  @NotBlank()
  @Text()
  @Length(0, MAXIMUM_NAME_LENGTH)
  name?: string;
}

import { Length, NotBlank, Text } from '#json-api';
import { MAXIMUM_NAME_LENGTH } from './cart-name.js';

/** Attributes of a new cart. */
export class CreateCartAttributes {
  @NotBlank()
  @Text()
  priceMode!: string;

  @NotBlank()
  @Text()
  currency!: string;

  @NotBlank()
  @Text()
  store!: string;

  @NotBlank()
  @Text()
  @Length(0, MAXIMUM_NAME_LENGTH)
  name!: string;
}

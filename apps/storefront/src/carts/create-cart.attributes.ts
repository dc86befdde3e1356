import { HasLength, IsNotBlank, IsText } from '#json-api';
import { MAXIMUM_NAME_LENGTH } from './cart-name.js';

/** Attributes of a new cart. */
export class CreateCartAttributes {
  @IsNotBlank()
  @IsText()
  priceMode!: string;

  @IsNotBlank()
  @IsText()
  currency!: string;

  @IsNotBlank()
  @IsText()
  store!: string;

  @IsNotBlank()
  @IsText()
  @HasLength(0, MAXIMUM_NAME_LENGTH)
  name!: string;
}

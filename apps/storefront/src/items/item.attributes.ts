import { applyDecorators } from '@nestjs/common';
import { IsAtMost, IsGreaterThan, HasLength, IsNotBlank, IsWholeNumber, IsText } from '#json-api';
import { MAXIMUM_QUANTITY } from '../carts/quantity.js';

const Quantity = (): PropertyDecorator => applyDecorators(IsNotBlank(), IsWholeNumber(), IsAtMost(MAXIMUM_QUANTITY));

/** Attributes of an item that goes into a cart; those of options, offers and sales units are ignored. */
export class ItemAttributes {
  @IsNotBlank()
  @IsText()
  @HasLength(0, 255)
  sku!: string;

  @Quantity()
  @IsGreaterThan(0)
  quantity!: number;
}

/** Attributes of an item whose quantity changes; the product stays, whatever is said of it. */
export class ItemQuantityAttributes {
  @Quantity()
  quantity!: number;
}

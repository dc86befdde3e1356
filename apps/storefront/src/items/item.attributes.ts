import { applyDecorators } from '@nestjs/common';
import { AtMost, GreaterThan, Length, NotBlank, Numeric, Text } from '#json-api';
import { MAXIMUM_QUANTITY } from '../carts/quantity.js';

const Quantity = (): PropertyDecorator => applyDecorators(NotBlank(), Numeric(), AtMost(MAXIMUM_QUANTITY));

/** Attributes of an item that goes into a cart; those of options, offers and sales units are ignored. */
export class ItemAttributes {
  @NotBlank()
  @Text()
  @Length(0, 255)
  sku!: string;

  @Quantity()
  @GreaterThan(0)
  quantity!: number;
}

/** Attributes of an item whose quantity changes; the product stays, whatever is said of it. */
export class ItemQuantityAttributes {
  @Quantity()
  quantity!: number;
}

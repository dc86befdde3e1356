import { ApiProperty, OmitType } from '@nestjs/swagger';
import { ApiNull, ApiResource } from '#json-api';
import type { PriceMode } from '../../catalogue/prices.js';
import { GuestCartItemDto, ItemDto } from '../../items/dto/item.dto.js';
import { DiscountDto, TotalsDto } from './amounts.dto.js';

const ID = '0f4b2b9e-6a51-4a7c-9d2e-4c1f6f0a7d11';

/** A cart in responses, with current prices of the catalogue (contract: resources, section 2.4). */
@ApiResource('carts', { id: ID, related: { items: () => ItemDto } })
export class CartDto {
  @ApiProperty({ enum: ['GROSS_MODE', 'NET_MODE'], example: 'GROSS_MODE' })
  priceMode!: PriceMode;

  @ApiProperty({ example: 'EUR' })
  currency!: string;

  @ApiProperty({ example: 'DE' })
  store!: string;

  @ApiProperty({ example: 'Office' })
  name!: string;

  @ApiProperty({ example: true })
  isDefault!: boolean;

  @ApiProperty()
  totals!: TotalsDto;

  @ApiProperty({ type: [DiscountDto], example: [] })
  discounts!: DiscountDto[];
}

@ApiResource('guest-carts', { id: ID, related: { 'guest-cart-items': () => GuestCartItemDto } })
export class GuestCartDto extends CartDto {}

/** Totals that are not calculated yet. */
class UnknownTotalsDto implements Record<keyof TotalsDto, null> {
  @ApiNull()
  expenseTotal!: null;

  @ApiNull()
  discountTotal!: null;

  @ApiNull()
  taxTotal!: null;

  @ApiNull()
  subtotal!: null;

  @ApiNull()
  grandTotal!: null;

  @ApiNull()
  priceToPay!: null;

  @ApiNull()
  shipmentTotal!: null;
}

@ApiResource('carts', { id: ID, related: { items: () => ItemDto } })
export class CreatedCartDto extends OmitType(CartDto, ['totals']) {
  @ApiProperty()
  totals!: UnknownTotalsDto;
}

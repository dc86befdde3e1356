import { ApiProperty, PickType } from '@nestjs/swagger';
import { ApiNull, ApiResource } from '#json-api';
import { Amount, CalculationsDto, DiscountDto, TotalsDto } from '../../carts/dto/amounts.dto.js';
import type { PriceMode } from '../../catalogue/prices.js';
import { OrderAddressDto } from './order-address.dto.js';
import { OrderShipmentDto } from './order-shipment.dto.js';

class OrderTotalsDto extends PickType(TotalsDto, [
  'expenseTotal',
  'discountTotal',
  'taxTotal',
  'subtotal',
  'grandTotal',
]) {
  @Amount(0)
  canceledTotal!: number;

  @Amount(0)
  remunerationTotal!: number;
}

class OrderedOptionDto {
  @ApiProperty({ example: 'engraving' })
  optionGroupName!: string;

  @ApiProperty({ example: 'SP-ENGRAVING' })
  sku!: string;

  @Amount(500)
  price!: number;
}

/** An ordered item, with the prices when the order was placed. */
export class OrderItemDto extends CalculationsDto {
  @ApiProperty({ example: 'SP-2001' })
  groupKey!: string;

  @ApiProperty({ example: 'SP-2001' })
  sku!: string;

  @ApiProperty({ example: 'cleat' })
  abstractSku!: string;

  @ApiProperty({ example: 'Dock cleat 200 mm' })
  name!: string;

  @ApiProperty({ type: 'integer', example: 2 })
  quantity!: number;

  @ApiProperty({ type: 'integer', nullable: true, example: 1, description: 'The shipment that it is in' })
  idShipment!: number | null;

  @ApiProperty({ example: 'new' })
  state!: string;

  @Amount(0)
  canceledAmount!: number;

  @Amount(2000)
  refundableAmount!: number;

  @ApiProperty({ type: [DiscountDto], example: [] })
  calculatedDiscounts!: DiscountDto[];

  @ApiProperty({ type: [OrderedOptionDto], example: [] })
  productOptions!: OrderedOptionDto[];
}

export class OrderExpenseDto extends PickType(CalculationsDto, [
  'sumPrice',
  'unitGrossPrice',
  'sumGrossPrice',
  'unitNetPrice',
  'sumNetPrice',
  'taxRate',
  'unitDiscountAmountAggregation',
  'sumDiscountAmountAggregation',
  'unitPriceToPayAggregation',
  'sumPriceToPayAggregation',
]) {
  @ApiProperty({ enum: ['SHIPMENT_EXPENSE_TYPE'], example: 'SHIPMENT_EXPENSE_TYPE' })
  type!: string;

  @ApiProperty({ example: 'Standard' })
  name!: string;

  @ApiProperty({ type: 'integer', example: 1 })
  idShipment!: number;

  @Amount(78)
  unitTaxAmount!: number;

  @Amount(78)
  sumTaxAmount!: number;

  @Amount(0)
  canceledAmount!: number;

  @ApiNull()
  taxAmountAfterCancellation!: null;
}

export class OrderPaymentStateDto {
  @Amount(2490)
  amount!: number;

  @ApiProperty({ example: 'DummyPayment' })
  paymentProvider!: string;

  @ApiProperty({ example: 'Invoice' })
  paymentMethod!: string;

  @ApiProperty({ example: 'b2f0c1d4-7f3a-4c58-9d21-6d0a3f4b5c6e' })
  paymentIdentifier!: string;

  @ApiProperty({ example: 'new' })
  status!: string;
}

/** A shipment of an order as an included resource. */
@ApiResource('order-shipments', { id: '1' })
class IncludedShipmentDto extends OrderShipmentDto {}

/** An order in responses (contract: resources, section 2.5). */
@ApiResource('orders', { id: 'DE--1042', related: { 'order-shipments': () => IncludedShipmentDto } })
export class OrderDto {
  @ApiProperty({ example: '2026-02-09 10:30:00.000000' })
  createdAt!: string;

  @ApiProperty({ example: 'EUR' })
  currencyIsoCode!: string;

  @ApiProperty({ enum: ['GROSS_MODE', 'NET_MODE'], example: 'GROSS_MODE' })
  priceMode!: PriceMode;

  @ApiProperty()
  totals!: OrderTotalsDto;

  @ApiProperty()
  billingAddress!: OrderAddressDto;

  @ApiProperty({ type: OrderAddressDto, nullable: true, description: 'null where there are several shipments' })
  shippingAddress!: OrderAddressDto | null;

  @ApiProperty({ type: [OrderItemDto] })
  items!: OrderItemDto[];

  @ApiProperty({ type: [OrderExpenseDto] })
  expenses!: OrderExpenseDto[];

  @ApiProperty({ type: [OrderPaymentStateDto] })
  payments!: readonly OrderPaymentStateDto[];

  @ApiProperty({ type: [OrderShipmentDto] })
  shipments!: OrderShipmentDto[];

  @ApiProperty({ type: 'object', additionalProperties: { $ref: '#/components/schemas/DiscountDto' }, example: {} })
  calculatedDiscounts!: Record<string, DiscountDto>;

  @ApiProperty({ type: [String], example: ['new'] })
  itemStates!: string[];
}

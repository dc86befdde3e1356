import { ApiProperty } from '@nestjs/swagger';

/** An amount of money in minor units, such as cents. */
export const Amount = (example: number): PropertyDecorator => ApiProperty({ type: 'integer', example });

/** The price of an item or a shipment (contract: resources, section 2.4). */
export class CalculationsDto {
  @Amount(1000)
  unitPrice!: number;

  @Amount(2000)
  sumPrice!: number;

  @ApiProperty({ example: 19, description: 'In percent' })
  taxRate!: number;

  @Amount(0)
  unitNetPrice!: number;

  @Amount(0)
  sumNetPrice!: number;

  @Amount(1000)
  unitGrossPrice!: number;

  @Amount(2000)
  sumGrossPrice!: number;

  @Amount(160)
  unitTaxAmountFullAggregation!: number;

  @Amount(319)
  sumTaxAmountFullAggregation!: number;

  @Amount(2000)
  sumSubtotalAggregation!: number;

  @Amount(1000)
  unitSubtotalAggregation!: number;

  @Amount(0)
  unitProductOptionPriceAggregation!: number;

  @Amount(0)
  sumProductOptionPriceAggregation!: number;

  @Amount(0)
  unitDiscountAmountAggregation!: number;

  @Amount(0)
  sumDiscountAmountAggregation!: number;

  @Amount(0)
  unitDiscountAmountFullAggregation!: number;

  @Amount(0)
  sumDiscountAmountFullAggregation!: number;

  @Amount(1000)
  unitPriceToPayAggregation!: number;

  @Amount(2000)
  sumPriceToPayAggregation!: number;
}

/** The totals of a cart or an order. */
export class TotalsDto {
  @Amount(490)
  expenseTotal!: number;

  @Amount(0)
  discountTotal!: number;

  @Amount(397)
  taxTotal!: number;

  @Amount(2000)
  subtotal!: number;

  @Amount(2490)
  grandTotal!: number;

  @Amount(2490)
  priceToPay!: number;

  @Amount(490)
  shipmentTotal!: number;
}

/** A discount. There are none yet. */
export class DiscountDto {
  @ApiProperty({ example: 'Spring sale' })
  displayName!: string;

  @Amount(100)
  amount!: number;

  @ApiProperty({ type: String, nullable: true, example: null })
  code!: string | null;
}

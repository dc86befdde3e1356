import { ApiProperty, OmitType } from '@nestjs/swagger';
import { ApiNull, ApiResource } from '#json-api';
import { AddressDto } from '../../addresses/dto/address.dto.js';
import { Amount } from '../../carts/dto/amounts.dto.js';
import { CartDto, GuestCartDto } from '../../carts/dto/cart.dto.js';
import { OrderAddressDto } from '../../orders/dto/order-address.dto.js';

/** A shipment method with its price in the currency of the cart. */
@ApiResource('shipment-methods', { id: '1' })
export class ShipmentMethodDto {
  @ApiProperty({ type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({ example: 'Standard' })
  name!: string;

  @ApiProperty({ example: 'Hafenpost' })
  carrierName!: string;

  @Amount(490)
  price!: number;

  @ApiProperty({ example: 19, description: 'In percent' })
  taxRate!: number;

  @ApiProperty({ type: 'integer', nullable: true, example: null, description: 'In seconds' })
  deliveryTime!: number | null;

  @ApiProperty({ example: 'EUR' })
  currencyIsoCode!: string;
}

/** The chosen method. Its tax rate is known only when the order is placed. */
export class SelectedShipmentMethodDto extends OmitType(ShipmentMethodDto, ['taxRate']) {
  @ApiNull()
  taxRate!: null;
}

@ApiResource('payment-methods', { id: 'DummyPayment:Invoice' })
export class PaymentMethodDto {
  @ApiProperty({ example: 'DummyPayment' })
  paymentProviderName!: string;

  @ApiProperty({ example: 'Invoice' })
  paymentMethodName!: string;

  @ApiProperty({ type: [String], example: [] })
  requiredRequestData!: string[];
}

/** A shipment of the future order. All methods are offered for it. */
@ApiResource('shipments', { id: '1', related: { 'shipment-methods': () => ShipmentMethodDto } })
export class ShipmentDto {
  @ApiProperty({ type: [String], example: ['SP-2001'], description: 'Group keys of the items in it' })
  items!: readonly string[];

  @ApiProperty({ type: String, format: 'date', nullable: true, example: null })
  requestedDeliveryDate!: string | null;

  @ApiProperty({ type: OrderAddressDto, nullable: true })
  shippingAddress!: OrderAddressDto | null;

  @ApiProperty({ type: SelectedShipmentMethodDto, nullable: true })
  selectedShipmentMethod!: SelectedShipmentMethodDto | null;
}

/** The choices so far. The available choices are included resources (contract: resources, section 2.5). */
@ApiResource('checkout-data', {
  id: null,
  related: {
    shipments: () => ShipmentDto,
    'shipment-methods': () => ShipmentMethodDto,
    'payment-methods': () => PaymentMethodDto,
    addresses: () => AddressDto,
    carts: () => CartDto,
    'guest-carts': () => GuestCartDto,
  },
})
export class CheckoutDataDto {
  @ApiProperty({ type: [AddressDto], example: [] })
  addresses!: AddressDto[];

  @ApiProperty({ type: [String], example: [] })
  paymentProviders!: string[];

  @ApiProperty({ type: [ShipmentMethodDto], example: [] })
  shipmentMethods!: ShipmentMethodDto[];

  @ApiProperty({ type: [SelectedShipmentMethodDto] })
  selectedShipmentMethods!: SelectedShipmentMethodDto[];

  @ApiProperty({ type: [PaymentMethodDto], example: [] })
  selectedPaymentMethods!: PaymentMethodDto[];
}

import { IsNotBlank, IsWholeNumber } from '#json-api';

/** How all of an order shall be sent. */
export class CheckoutShipmentAttributes {
  @IsNotBlank()
  @IsWholeNumber()
  idShipmentMethod!: number;
}

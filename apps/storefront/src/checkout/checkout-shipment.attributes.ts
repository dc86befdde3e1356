import { NotBlank, Numeric } from '#json-api';

/** How all of an order shall be sent. */
export class CheckoutShipmentAttributes {
  @NotBlank()
  @Numeric()
  idShipmentMethod!: number;
}

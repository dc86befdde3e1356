import { ApiProperty } from '@nestjs/swagger';
import { IsNotBlank, IsWholeNumber } from '#json-api';

/** How all of an order shall be sent. */
export class CheckoutShipmentDto {
  @ApiProperty({ example: 1 })
  @IsNotBlank()
  @IsWholeNumber()
  idShipmentMethod!: number;
}

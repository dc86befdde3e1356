import { ApiProperty } from '@nestjs/swagger';
import { IsNotBlank, IsWholeNumber } from '#json-api';

/** How a whole order is sent. */
export class CheckoutShipmentDto {
  @ApiProperty({ example: 1 })
  @IsNotBlank()
  @IsWholeNumber()
  idShipmentMethod!: number;
}

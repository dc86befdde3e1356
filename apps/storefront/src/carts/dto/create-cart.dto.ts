import { ApiProperty } from '@nestjs/swagger';
import { HasLength, IsNotBlank, IsText } from '#json-api';
import { MAXIMUM_NAME_LENGTH } from '../cart-name.js';

export class CreateCartDto {
  @ApiProperty({ example: 'GROSS_MODE' })
  @IsNotBlank()
  @IsText()
  priceMode!: string;

  @ApiProperty({ example: 'EUR' })
  @IsNotBlank()
  @IsText()
  currency!: string;

  @ApiProperty({ example: 'DE' })
  @IsNotBlank()
  @IsText()
  store!: string;

  @ApiProperty({ example: 'Office' })
  @IsNotBlank()
  @IsText()
  @HasLength(0, MAXIMUM_NAME_LENGTH)
  name!: string;
}

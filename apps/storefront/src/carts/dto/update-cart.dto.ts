import { ApiProperty } from '@nestjs/swagger';
import { HasLength, IsNotBlank, IsOptionalMember, IsText } from '#json-api';
import { MAXIMUM_NAME_LENGTH } from '../cart-name.js';

/** The changes of a cart. Empty members keep the old value (contract: section 4, point 9). */
export class UpdateCartDto {
  @ApiProperty({ example: 'GROSS_MODE' })
  @IsText()
  priceMode?: string | null;

  @ApiProperty({ example: 'CHF' })
  @IsText()
  currency?: string | null;

  @ApiProperty({ example: 'DE' })
  @IsText()
  store?: string | null;

  @ApiProperty({ example: 'Warehouse' })
  @IsOptionalMember()
  @IsNotBlank()
  @IsText()
  @HasLength(0, MAXIMUM_NAME_LENGTH)
  name?: string;
}

export class UpdateGuestCartDto extends UpdateCartDto {}

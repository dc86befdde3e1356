import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { HasLength, IsAtMost, IsGreaterThan, IsNotBlank, IsText, IsWholeNumber } from '#json-api';
import { MAXIMUM_QUANTITY } from '../../carts/quantity.js';

const Quantity = (): PropertyDecorator => applyDecorators(IsNotBlank(), IsWholeNumber(), IsAtMost(MAXIMUM_QUANTITY));

/** A new item for a cart. Options, offers and sales units are ignored. */
export class CreateItemDto {
  @ApiProperty({ example: 'SP-2001' })
  @IsNotBlank()
  @IsText()
  @HasLength(0, 255)
  sku!: string;

  @ApiProperty({ example: 2 })
  @Quantity()
  @IsGreaterThan(0)
  quantity!: number;
}

export class CreateGuestCartItemDto extends CreateItemDto {}

/** The new quantity of an item. The product cannot be changed. */
export class UpdateItemDto {
  @ApiProperty({ example: 2 })
  @Quantity()
  quantity!: number;
}

export class UpdateGuestCartItemDto extends UpdateItemDto {}

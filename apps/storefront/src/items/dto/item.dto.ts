import { ApiProperty } from '@nestjs/swagger';
import { ApiNull, ApiResource } from '#json-api';
import { CalculationsDto } from '../../carts/dto/amounts.dto.js';
import { ConcreteProductDto } from '../../catalogue/dto/concrete-product.dto.js';

/** An option of a product. No product has options yet. */
class ProductOptionDto {
  @ApiProperty({ example: 'engraving' })
  optionGroupName!: string;

  @ApiProperty({ example: 'SP-ENGRAVING' })
  sku!: string;
}

/** An item of a cart in responses (contract: resources, section 2.4). */
@ApiResource('items', { id: 'SP-2001', related: { 'concrete-products': () => ConcreteProductDto } })
export class ItemDto {
  @ApiProperty({ example: 'SP-2001' })
  sku!: string;

  @ApiProperty({ type: 'integer', example: 2 })
  quantity!: number;

  @ApiProperty({ example: 'SP-2001' })
  groupKey!: string;

  @ApiProperty({ example: 'cleat' })
  abstractSku!: string;

  @ApiNull()
  amount!: null;

  @ApiNull()
  productOfferReference!: null;

  @ApiNull()
  merchantReference!: null;

  @ApiProperty()
  calculations!: CalculationsDto;

  @ApiNull()
  configuredBundle!: null;

  @ApiNull()
  configuredBundleItem!: null;

  @ApiNull()
  productConfigurationInstance!: null;

  @ApiNull()
  salesUnit!: null;

  @ApiProperty({ type: [ProductOptionDto], example: [] })
  selectedProductOptions!: ProductOptionDto[];
}

@ApiResource('guest-cart-items', { id: 'SP-2001', related: { 'concrete-products': () => ConcreteProductDto } })
export class GuestCartItemDto extends ItemDto {}

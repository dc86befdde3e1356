import { ApiProperty } from '@nestjs/swagger';
import { ApiNull, ApiResource } from '#json-api';

/** A product as it is included with cart items. */
@ApiResource('concrete-products', { id: 'SP-2001' })
export class ConcreteProductDto {
  @ApiProperty({ example: 'SP-2001' })
  sku!: string;

  @ApiProperty({ example: 'Dock cleat 200 mm' })
  name!: string;

  @ApiProperty({ example: 'cleat' })
  productAbstractSku!: string;

  @ApiProperty({ example: false })
  isDiscontinued!: boolean;

  @ApiNull()
  discontinuedNote!: null;
}

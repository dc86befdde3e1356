import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Prices } from './prices.js';

/** A concrete product. */
@Entity('product')
@Check('ck_product_stock', 'stock >= 0')
@Check('ck_product_tax_rate', 'tax_rate BETWEEN 0 AND 100')
export class Product {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_product' })
  sku!: string;

  @Column('text', { name: 'abstract_sku' })
  abstractSku!: string;

  @Column('text')
  name!: string;

  @Column('integer')
  stock!: number;

  /** Sold regardless of the stock. */
  @Column('boolean', { name: 'never_out_of_stock', default: false })
  neverOutOfStock!: boolean;

  /** In percent. The driver returns decimals as text. */
  @Column('numeric', { name: 'tax_rate', precision: 5, scale: 2 })
  taxRate!: string;

  @Column('jsonb')
  prices!: Prices;
}

import { Check, Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Prices } from './prices.js';

@Entity('shipment_method')
@Check('ck_shipment_method_tax_rate', 'tax_rate BETWEEN 0 AND 100')
export class ShipmentMethod {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_shipment_method',
  })
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  carrier!: string;

  @Column('jsonb')
  prices!: Prices;

  /** In percent. The driver returns decimals as text. */
  @Column('numeric', { name: 'tax_rate', precision: 5, scale: 2 })
  taxRate!: string;

  /** In seconds. */
  @Column('integer', { name: 'delivery_time', nullable: true })
  deliveryTime!: number | null;

  @Column('boolean', { name: 'is_active', default: true })
  isActive!: boolean;
}

import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  Unique,
  type Relation,
} from 'typeorm';
import { Customer } from '#auth';
import type { Totals } from '../carts/calculation.js';
import type { PriceMode } from '../catalogue/prices.js';
import type { OrderAddress, OrderCustomer, OrderItem, OrderShipment } from './order.js';

/** A copy of everything at the time of the order: it does not change with the catalogue or an address. */
@Entity('sales_order')
@Unique('uq_sales_order_reference', ['orderReference'])
@Unique('uq_sales_order_cart', ['cartUuid'])
@Index('ix_sales_order_customer', ['customerId', 'id'])
@Check('ck_sales_order_owner', '(customer_id IS NULL) <> (guest_hash IS NULL)')
export class SalesOrder {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_sales_order',
  })
  id!: string;

  /** The store's prefix and the id. */
  @Column('text', { name: 'order_reference' })
  orderReference!: string;

  /** The cart that became the order. It no longer exists. */
  @Column('uuid', { name: 'cart_uuid' })
  cartUuid!: string;

  @Column('bigint', { name: 'customer_id', nullable: true })
  customerId!: string | null;

  @ManyToOne(() => Customer, { nullable: true })
  @JoinColumn({ name: 'customer_id', foreignKeyConstraintName: 'fk_sales_order_customer' })
  customerOfOrder!: Relation<Customer> | null;

  /** SHA-256 of the guest's id. */
  @Column('bytea', { name: 'guest_hash', nullable: true })
  guestHash!: Buffer | null;

  @Column('text')
  store!: string;

  @Column('text')
  currency!: string;

  @Column('text', { name: 'price_mode' })
  priceMode!: PriceMode;

  @Column('jsonb')
  customer!: OrderCustomer;

  @Column('jsonb', { name: 'billing_address' })
  billingAddress!: OrderAddress;

  @Column('jsonb')
  shipments!: OrderShipment[];

  @Column('jsonb')
  items!: OrderItem[];

  @Column('jsonb')
  totals!: Totals;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

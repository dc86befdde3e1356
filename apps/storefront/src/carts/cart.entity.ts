import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Customer } from '#auth';
import type { PriceMode } from '../catalogue/prices.js';
import { Store } from '../catalogue/store.entity.js';

/** A customer may have several carts, one of them the default. A guest has one. */
@Entity('cart')
@Check('ck_cart_owner', '(customer_id IS NULL) <> (guest_hash IS NULL)')
@Check('ck_cart_price_mode', `price_mode IN ('GROSS_MODE', 'NET_MODE')`)
@Check('ck_cart_client_network', 'client_network IS NULL OR guest_hash IS NOT NULL')
@Index('ix_cart_client_network', ['clientNetwork', 'createdAt'], { where: 'client_network IS NOT NULL' })
@Index('ix_cart_client_network_age', ['createdAt'], { where: 'client_network IS NOT NULL' })
@Index('uq_cart_default', ['customerId'], { unique: true, where: 'is_default' })
@Index('ix_cart_of_guest_age', ['updatedAt'], { where: 'guest_hash IS NOT NULL' })
@Index('uq_cart_guest', ['guestHash'], { unique: true })
export class Cart {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_cart' })
  uuid!: string;

  @Index('ix_cart_customer')
  @Column('bigint', { name: 'customer_id', nullable: true })
  customerId!: string | null;

  @ManyToOne(() => Customer, { onDelete: 'CASCADE', nullable: true })
  @JoinColumn({ name: 'customer_id', foreignKeyConstraintName: 'fk_cart_customer' })
  customer!: Relation<Customer> | null;

  /** SHA-256 of the guest's id. */
  @Column('bytea', { name: 'guest_hash', nullable: true })
  guestHash!: Buffer | null;

  /**
   * The client address (for IPv6 the /64) from which a guest opened the cart, stored for one day to limit the number of
   * carts.
   */
  @Column('text', { name: 'client_network', nullable: true })
  clientNetwork!: string | null;

  @Column('text')
  name!: string;

  @Index('ix_cart_store')
  @Column('text')
  store!: string;

  @ManyToOne(() => Store)
  @JoinColumn({ name: 'store', referencedColumnName: 'name', foreignKeyConstraintName: 'fk_cart_store' })
  storeOfCart!: Relation<Store>;

  @Column('text')
  currency!: string;

  @Column('text', { name: 'price_mode' })
  priceMode!: PriceMode;

  @Column('boolean', { name: 'is_default' })
  isDefault!: boolean;

  /** Grows with every change of the cart or its items. */
  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}

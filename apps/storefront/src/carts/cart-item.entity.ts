import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Product } from '../catalogue/product.entity.js';
import { Cart } from './cart.entity.js';

@Entity('cart_item')
@Check('ck_cart_item_quantity', 'quantity > 0')
export class CartItem {
  @PrimaryColumn('uuid', { name: 'cart_uuid', primaryKeyConstraintName: 'pk_cart_item' })
  cartUuid!: string;

  @ManyToOne(() => Cart, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'cart_uuid', foreignKeyConstraintName: 'fk_cart_item_cart' })
  cart!: Relation<Cart>;

  /** Identifies an item in a cart. Adding the same item again increases its quantity. */
  @PrimaryColumn('text', { name: 'group_key', primaryKeyConstraintName: 'pk_cart_item' })
  groupKey!: string;

  @Index('ix_cart_item_sku')
  @Column('text')
  sku!: string;

  @ManyToOne(() => Product)
  @JoinColumn({ name: 'sku', foreignKeyConstraintName: 'fk_cart_item_product' })
  product!: Relation<Product>;

  @Column('integer')
  quantity!: number;

  @Column('timestamptz', { name: 'added_at' })
  addedAt!: Date;
}

import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { SalesOrder } from '../orders/sales-order.entity.js';

/** How an order is paid, with the last status from the provider. */
@Entity('order_payment')
export class OrderPayment {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_order_payment' })
  identifier!: string;

  @Index('ix_order_payment_order')
  @Column('bigint', { name: 'order_id' })
  orderId!: string;

  @ManyToOne(() => SalesOrder, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'fk_order_payment_order' })
  order!: Relation<SalesOrder>;

  @Column('text', { name: 'provider_name' })
  providerName!: string;

  @Column('text', { name: 'method_name' })
  methodName!: string;

  /** In minor units. The driver returns it as text. */
  @Column('bigint')
  amount!: string;

  /** First `new`, then the provider's own names. */
  @Column('text')
  status!: string;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A payment method of a payment provider. */
@Entity('payment_method')
export class PaymentMethod {
  @PrimaryColumn('text', { name: 'provider_name', primaryKeyConstraintName: 'pk_payment_method' })
  providerName!: string;

  @PrimaryColumn('text', { name: 'method_name', primaryKeyConstraintName: 'pk_payment_method' })
  methodName!: string;

  @Column('boolean', { name: 'is_active', default: true })
  isActive!: boolean;
}

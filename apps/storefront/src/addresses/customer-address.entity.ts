import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Customer } from '#auth';

/** An address in a customer's address book. At most one is the default for shipping, and one for billing. */
@Entity('customer_address')
@Index('uq_customer_address_default_shipping', ['customerId'], { unique: true, where: 'is_default_shipping' })
@Index('uq_customer_address_default_billing', ['customerId'], { unique: true, where: 'is_default_billing' })
export class CustomerAddress {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_customer_address' })
  uuid!: string;

  @Index('ix_customer_address_customer')
  @Column('bigint', { name: 'customer_id' })
  customerId!: string;

  @ManyToOne(() => Customer, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'customer_id', foreignKeyConstraintName: 'fk_customer_address_customer' })
  customer!: Relation<Customer>;

  @Column('text')
  salutation!: string;

  @Column('text', { name: 'first_name' })
  firstName!: string;

  @Column('text', { name: 'last_name' })
  lastName!: string;

  @Column('text')
  address1!: string;

  @Column('text')
  address2!: string;

  @Column('text', { nullable: true })
  address3!: string | null;

  @Column('text', { name: 'zip_code' })
  zipCode!: string;

  @Column('text')
  city!: string;

  /** ISO 3166-1 alpha-2, in capitals. */
  @Column('text', { name: 'iso2_code' })
  iso2Code!: string;

  @Column('text', { nullable: true })
  company!: string | null;

  @Column('text', { nullable: true })
  phone!: string | null;

  @Column('boolean', { name: 'is_default_shipping' })
  isDefaultShipping!: boolean;

  @Column('boolean', { name: 'is_default_billing' })
  isDefaultBilling!: boolean;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

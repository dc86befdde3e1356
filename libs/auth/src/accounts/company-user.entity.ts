import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Customer } from './customer.entity.js';

@Entity('company_user')
export class CompanyUser {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_company_user' })
  uuid!: string;

  @Index('ix_company_user_customer')
  @Column('bigint', { name: 'customer_id' })
  customerId!: string;

  @ManyToOne(() => Customer, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'customer_id', foreignKeyConstraintName: 'fk_company_user_customer' })
  customer!: Relation<Customer>;

  @Index('ix_company_user_company')
  @Column('text', { name: 'company_name' })
  companyName!: string;

  @Column('boolean', { name: 'is_active', default: true })
  isActive!: boolean;

  @Column('boolean', { name: 'is_default', default: false })
  isDefault!: boolean;
}

import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

@Entity('customer')
@Unique('uq_customer_reference', ['customerReference'])
@Index('uq_customer_email', { synchronize: false })
@Index('ix_customer_text', { synchronize: false })
@Index('ix_customer_reference_beginning', { synchronize: false })
@Index('ix_customer_email_beginning', { synchronize: false })
@Index('ix_customer_name_beginning', { synchronize: false })
@Index('ix_customer_last_name_beginning', { synchronize: false })
@Index('ix_customer_first_name', ['firstName', 'id'], { where: 'anonymized_at IS NULL' })
@Index('ix_customer_last_name', ['lastName', 'id'], { where: 'anonymized_at IS NULL' })
@Index('ix_customer_created_at', ['createdAt', 'id'], { where: 'anonymized_at IS NULL' })
@Index('ix_customer_updated_at', ['updatedAt', 'id'], { where: 'anonymized_at IS NULL' })
export class Customer {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_customer',
  })
  id!: string;

  @Column('text', { name: 'customer_reference' })
  customerReference!: string;

  /** Unique, ignoring upper and lower case. */
  @Column('text')
  email!: string;

  @Column('text', { name: 'password_hash', select: false })
  passwordHash!: string;

  @Column('text')
  salutation!: string;

  @Column('text', { name: 'first_name' })
  firstName!: string;

  @Column('text', { name: 'last_name' })
  lastName!: string;

  @Column('text', { nullable: true })
  gender!: string | null;

  @Column('date', { name: 'date_of_birth', nullable: true })
  dateOfBirth!: string | null;

  @Column('text')
  locale!: string;

  @Column('boolean', { default: false })
  confirmed!: boolean;

  /** Times of the latest changes of the address, and of tries of one in use. Their number for each day is limited. */
  @Column('timestamptz', { name: 'email_changed_at', array: true, default: '{}' })
  emailChangedAt!: Date[];

  @Column('timestamptz', { name: 'anonymized_at', nullable: true })
  anonymizedAt!: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}

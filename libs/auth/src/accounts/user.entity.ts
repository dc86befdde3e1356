import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** Back Office users, administrators, agents, warehouse users, merchant users and merchant agents. */
@Entity('user_account')
@Unique('uq_user_account_uuid', ['uuid'])
@Index('uq_user_account_username', { synchronize: false })
@Check('ck_user_account_status', `status IN ('active', 'inactive')`)
export class User {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_user_account',
  })
  id!: string;

  @Column('uuid')
  uuid!: string;

  /** An e-mail address. Unique, ignoring upper and lower case. */
  @Column('text')
  username!: string;

  @Column('text', { name: 'password_hash', select: false })
  passwordHash!: string;

  @Column('text', { name: 'first_name' })
  firstName!: string;

  @Column('text', { name: 'last_name' })
  lastName!: string;

  @Column('text', { array: true })
  roles!: string[];

  @Column('boolean', { name: 'is_warehouse_user', default: false })
  isWarehouseUser!: boolean;

  @Column('text')
  locale!: string;

  @Column('text', { default: 'active' })
  status!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}

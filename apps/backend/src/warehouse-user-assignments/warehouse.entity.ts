import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

@Entity('warehouse')
@Unique('uq_warehouse_uuid', ['uuid'])
export class Warehouse {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_warehouse',
  })
  id!: string;

  @Column('uuid')
  uuid!: string;

  @Column('text')
  name!: string;

  @Column('boolean', { name: 'is_active', default: true })
  isActive!: boolean;
}

import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique, type Relation } from 'typeorm';
import { User } from '#auth';
import { Warehouse } from './warehouse.entity.js';

/** An assignment of a user to a warehouse. At most one assignment of a user is active. */
@Entity('warehouse_user_assignment')
@Unique('uq_warehouse_user_assignment', ['userId', 'warehouseId'])
@Index('uq_warehouse_user_assignment_active', ['userId'], { unique: true, where: 'is_active' })
export class WarehouseUserAssignment {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_warehouse_user_assignment' })
  uuid!: string;

  @Column('bigint', { name: 'user_id' })
  userId!: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_warehouse_user_assignment_user' })
  user!: Relation<User>;

  @Index('ix_warehouse_user_assignment_warehouse')
  @Column('bigint', { name: 'warehouse_id' })
  warehouseId!: string;

  @ManyToOne(() => Warehouse, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'warehouse_id', foreignKeyConstraintName: 'fk_warehouse_user_assignment_warehouse' })
  warehouse!: Relation<Warehouse>;

  @Column('boolean', { name: 'is_active', default: false })
  isActive!: boolean;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}

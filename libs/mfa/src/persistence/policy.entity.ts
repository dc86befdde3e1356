import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { PolicyScope } from '../core/policy.js';

/** A policy: who must have which second factor, and from when. */
@Entity('step_up_policy')
@Check('ck_step_up_policy_applies_to', `applies_to IN ('customers', 'company', 'role')`)
@Check('ck_step_up_policy_value', `(applies_to = 'customers') = (value IS NULL)`)
@Check('ck_step_up_policy_methods', 'cardinality(methods) > 0')
export class Policy {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_step_up_policy' })
  uuid!: string;

  @Column('text', { name: 'applies_to' })
  appliesTo!: PolicyScope;

  /** The company's name or the role. Null for all customers. */
  @Column('text', { nullable: true })
  value!: string | null;

  @Column('timestamptz', { name: 'required_from' })
  requiredFrom!: Date;

  /** One of these methods must be active. */
  @Column('text', { array: true })
  methods!: readonly string[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}

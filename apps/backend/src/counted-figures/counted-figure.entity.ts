import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The answer of a question over all accounts, as it was counted last. */
@Entity('counted_figure')
export class CountedFigure {
  /** The task that counts, and its question as JSON. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_counted_figure' })
  name!: string;

  /** When a count was last asked for; after one that failed earlier, so that the next is asked for soon. */
  @Column('timestamptz', { name: 'asked_at' })
  askedAt!: Date;

  /** Whether the last count failed, and no other was asked for since. */
  @Column('boolean', { name: 'has_failed', default: false })
  hasFailed!: boolean;

  /** The moment that the answer is from. Null: there is none yet. */
  @Column('timestamptz', { name: 'counted_at', nullable: true })
  countedAt!: Date | null;

  @Column('jsonb', { nullable: true })
  value!: unknown;
}

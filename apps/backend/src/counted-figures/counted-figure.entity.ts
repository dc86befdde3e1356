import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The answer of a question over all accounts, as it was counted last. */
@Entity('counted_figure')
export class CountedFigure {
  /** The task that counts, and its question as JSON. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_counted_figure' })
  name!: string;

  /** When a count was last asked for. */
  @Column('timestamptz', { name: 'asked_at' })
  askedAt!: Date;

  /** The moment that the answer is from. Null: it is being counted for the first time. */
  @Column('timestamptz', { name: 'counted_at', nullable: true })
  countedAt!: Date | null;

  @Column('jsonb', { nullable: true })
  value!: unknown;
}

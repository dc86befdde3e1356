import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The notices of one kind that an address was sent lately. */
@Entity('notice_allowance')
export class NoticeAllowance {
  /** SHA-256 of address and kind: addresses of former customers are nobody's business. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_notice_allowance' })
  subject!: Buffer;

  /** The moment until which sends are used up (theoretical arrival time of a GCRA). */
  @Index('ix_notice_allowance_end')
  @Column('timestamptz', { name: 'sends_until' })
  sendsUntil!: Date;
}

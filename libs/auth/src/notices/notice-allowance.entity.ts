import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How many notices of one kind an address was sent recently. */
@Entity('notice_allowance')
export class NoticeAllowance {
  /** SHA-256 of address and kind, so that addresses of former customers are not readable. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_notice_allowance' })
  subject!: Buffer;

  /** The allowance for sends is used up until this moment (theoretical arrival time of a GCRA). */
  @Index('ix_notice_allowance_end')
  @Column('timestamptz', { name: 'sends_until' })
  sendsUntil!: Date;
}

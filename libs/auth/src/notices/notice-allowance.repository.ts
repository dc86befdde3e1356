import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Raw, type Repository } from 'typeorm';
import { run } from '#sql';
import type { NoticeEvent } from './notice.js';
import { NoticeAllowance } from './notice-allowance.entity.js';
import { SUBJECT, TAKE_NOTICE } from './notice-allowance.sql.js';

const BURST = 5;
const INTERVAL_SECONDS = 600;

/** The send limit for each recipient and kind of notice: repeated actions of somebody else cannot fill a mailbox. */
@Injectable()
export class NoticeAllowanceRepository {
  constructor(@InjectRepository(NoticeAllowance) private readonly allowances: Repository<NoticeAllowance>) {}

  /** @returns false if the address was sent too many notices of this kind */
  async take(email: string, event: NoticeEvent, now: Date): Promise<boolean> {
    const values = { email, event, now, interval: INTERVAL_SECONDS, burst: BURST };
    return (await run(this.allowances.manager, TAKE_NOTICE, values)).length > 0;
  }

  /** Gives back what was taken for a mail that could not be sent. */
  async giveBack(email: string, event: NoticeEvent): Promise<void> {
    const sendsUntil = () => `sends_until - interval '${INTERVAL_SECONDS} seconds'`;
    await this.allowances.update(
      { subject: Raw((column) => `${column} = ${SUBJECT}`, { email, event }) },
      { sendsUntil },
    );
  }
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { prepared, type Statement } from '#platform';
import type { NoticeEvent } from './notice.js';

const BURST = 5;
const INTERVAL_SECONDS = 600;

const SUBJECT = `sha256(convert_to(json_build_array(lower($1::text), $2::text)::text, 'UTF8'))`;

/** Takes one send where there is one, and sweeps two rows that are over, so that the table stays small. */
const TAKE: Statement = {
  name: 'auth_take_notice',
  text: `
    WITH swept AS (
      DELETE FROM notice_allowance WHERE subject IN (
        SELECT subject FROM notice_allowance WHERE sends_until <= $3 AND subject <> ${SUBJECT}
        ORDER BY sends_until LIMIT 2 FOR UPDATE SKIP LOCKED
      )
    )
    INSERT INTO notice_allowance AS a (subject, sends_until)
    VALUES (${SUBJECT}, $3::timestamptz + make_interval(secs => $4::int))
    ON CONFLICT (subject) DO UPDATE SET sends_until = greatest(a.sends_until, $3) + make_interval(secs => $4)
    WHERE greatest(a.sends_until, $3) + make_interval(secs => $4) <= $3 + make_interval(secs => $4 * $5::int)
    RETURNING true AS taken`,
};

const GIVE_BACK: Statement = {
  name: 'auth_give_notice_back',
  text: `UPDATE notice_allowance SET sends_until = sends_until - make_interval(secs => $3) WHERE subject = ${SUBJECT}`,
};

/** One allowance for each recipient and kind of notice: nobody's mailbox is filled by what somebody else repeats. */
@Injectable()
export class NoticeAllowanceRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @returns false when the address was sent too many of these */
  async take(email: string, event: NoticeEvent, now: Date): Promise<boolean> {
    return (await prepared(this.dataSource, TAKE, [email, event, now, INTERVAL_SECONDS, BURST])).length > 0;
  }

  /** What was taken for a mail that could not be sent. */
  async giveBack(email: string, event: NoticeEvent): Promise<void> {
    await prepared(this.dataSource, GIVE_BACK, [email, event, INTERVAL_SECONDS]);
  }
}

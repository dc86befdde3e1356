import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { AccountKind } from '#mfa';

export interface NoticeRecipient {
  readonly email: string;
  /** ISO form, such as `de_DE`. */
  readonly locale: string;
}

const FIND: Readonly<Record<AccountKind, string>> = {
  customer: `SELECT email, locale FROM customer WHERE id = $1 AND anonymized_at IS NULL`,
  user: `SELECT username AS email, locale FROM user_account WHERE id = $1`,
};

/** Who is told of what happened to an account: its person, also of one that is inactive. */
@Injectable()
export class NoticeRecipientsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @returns undefined for an unknown account and an anonymised customer */
  async find(kind: AccountKind, id: string): Promise<NoticeRecipient | undefined> {
    // the trail also has accounts of other applications; ours have numbers
    if (!/^\d{1,18}$/.test(id)) return undefined;
    const [recipient] = await this.dataSource.query<NoticeRecipient[]>(FIND[kind], [id]);
    return recipient;
  }
}

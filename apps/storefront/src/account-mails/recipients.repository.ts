import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';

/** Whom a mail goes to. */
export interface Recipient {
  readonly email: string;
  /** ISO form, such as `de_DE`. */
  readonly locale: string;
}

/** Customers as their mails see them; anonymised ones get none. */
@Injectable()
export class RecipientsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @returns the id of the customer with this address, in any case */
  async findId(email: string): Promise<string | undefined> {
    const [row] = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM customer WHERE lower(email) = lower($1) AND anonymized_at IS NULL`,
      [email],
    );
    return row?.id;
  }
}

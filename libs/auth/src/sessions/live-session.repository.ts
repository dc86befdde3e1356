import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { AccountKind } from '#mfa';
import { run } from '#sql';
import { FIND_LIVE_SESSION } from './live-session.sql.js';

/** A live session with what is known of its account; one row answers whether a token is still good. */
export interface LiveSession {
  readonly id: string;
  readonly kind: AccountKind;
  readonly accountId: string;
  /** Where mails of the account go. */
  readonly email: string;
  readonly locale: string;
  readonly customerReference: string | null;
  readonly userUuid: string | null;
  readonly roles: readonly string[];
  /** The companies that the customer is an active user of. */
  readonly companies: readonly string[];
  readonly isWarehouseUser: boolean;
  /** The user that acts for the customer, and how to reach the person; null: the account itself logged in. */
  readonly agent: {
    readonly id: string;
    readonly email: string;
    readonly locale: string;
    readonly roles: readonly string[];
  } | null;
  /** The warehouse that the session's tokens stand for, instead of the account; null: for the account. */
  readonly warehouseUuid: string | null;
}

/** Sessions as the token check sees them. */
@Injectable()
export class LiveSessionRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async find(sessionId: string): Promise<LiveSession | undefined> {
    const [row] = await run<LiveSession>(this.dataSource, FIND_LIVE_SESSION, { id: sessionId });
    return row;
  }
}

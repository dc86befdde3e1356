import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { AccountKind } from '#mfa';
import { run } from '#sql';
import { FIND_LIVE_SESSION } from './live-session.sql.js';

/** A live session with its account's data. One row tells whether a token is still valid. */
export interface LiveSession {
  readonly id: string;
  readonly kind: AccountKind;
  readonly accountId: string;
  /** The address for mails to the account. */
  readonly email: string;
  readonly locale: string;
  readonly customerReference: string | null;
  readonly userUuid: string | null;
  readonly roles: readonly string[];
  /** The companies in which the customer has an active company user. */
  readonly companies: readonly string[];
  readonly isWarehouseUser: boolean;
  /** The user who acts for the customer, with the mail address. Null if the account itself logged in. */
  readonly agent: {
    readonly id: string;
    readonly email: string;
    readonly locale: string;
    readonly roles: readonly string[];
  } | null;
  /** The warehouse that the session's tokens represent. Null if they represent the account. */
  readonly warehouseUuid: string | null;
}

/** Finds sessions for the token check. */
@Injectable()
export class LiveSessionRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async find(sessionId: string): Promise<LiveSession | undefined> {
    const [row] = await run<LiveSession>(this.dataSource, FIND_LIVE_SESSION, { id: sessionId });
    return row;
  }
}

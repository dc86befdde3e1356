import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import { Not, type DataSource } from 'typeorm';
import { Clock } from '#platform';
import { run } from '#sql';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import type { Principal } from '../principal.js';
import type { SessionOwner } from './session-end.repository.js';
import { SessionEndService } from './session-end.service.js';
import type { SessionOrigin } from './session-origin.js';
import { LIST_OWN_SESSIONS } from './own-sessions.sql.js';

/** A live session, as its account sees it. */
export interface OwnSession extends SessionOrigin {
  readonly id: string;
  /** Someone who acts for the customer opened it. */
  readonly isOfAgent: boolean;
  /** In it the user acts for a customer. */
  readonly isForCustomer: boolean;
  /** Its tokens represent a warehouse. */
  readonly isForWarehouse: boolean;
  /** It is held by a browser's cookie, not by tokens. */
  readonly isOfPages: boolean;
  /** The password was right; the code of the second factor is missing. */
  readonly awaitsSecondStep: boolean;
  readonly openedAt: Date;
  readonly lastUsedAt: Date;
}

/** More than people look through; each kind of session is bounded anyway. */
const MOST_LISTED = 200;

/** An account's own sessions: what is open where, and the end of what should not be. */
@Injectable()
export class OwnSessionsService {
  constructor(
    private readonly ends: SessionEndService,
    private readonly clock: Clock,
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {}

  /** The newest use first. */
  async list(principal: Principal): Promise<readonly OwnSession[]> {
    const { account, agentId } = ownerOf(principal);
    const now = this.clock.now();
    const idleSince = new Date(now.getTime() - this.options.settings.pages.sessionIdleSeconds * 1000);
    const whose = { kind: account.kind, accountId: account.id, agentId };
    return run<OwnSession>(this.dataSource, LIST_OWN_SESSIONS, { ...whose, now, idleSince, limit: MOST_LISTED });
  }

  /** Ends one of them. Nothing happens where it is over already, or somebody else's. */
  async end(principal: Principal, sessionId: string): Promise<void> {
    if (isUUID(sessionId, 'loose')) await this.ends.endOwn(ownerOf(principal), sessionId);
  }

  /** Ends all but that of the caller. */
  endOthers(principal: Principal): Promise<void> {
    return this.ends.endOwn(ownerOf(principal), Not(principal.sessionId));
  }
}

function ownerOf({ account, session }: Principal): SessionOwner {
  if (!account) throw new TypeError('a session without an account has no others');
  return { account, agentId: session?.agent?.id ?? null };
}

import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThan, MoreThan, type Repository } from 'typeorm';
import type { Audience } from '../accounts/account.js';
import { PageSession } from './page-session.entity.js';

/** When a session of pages counts as used, and since when an unused one is over. */
export interface Moment {
  readonly now: Date;
  readonly idleSince: Date;
  /** Uses after this moment are not written again. */
  readonly touchedSince: Date;
}

/** Sessions of pages by the hashes of their tokens. */
@Injectable()
export class PageSessionRepository {
  constructor(@InjectRepository(PageSession) private readonly sessions: Repository<PageSession>) {}

  /** The session of a token, if it is of this app, neither idle for too long nor over, and its login session is live. */
  async find(
    tokenHash: Buffer,
    audience: Audience,
    { now, idleSince }: Pick<Moment, 'now' | 'idleSince'>,
  ): Promise<PageSession | undefined> {
    const session = { audience, endedAt: IsNull() };
    const where = { tokenHash, lastUsedAt: MoreThan(idleSince), expiresAt: MoreThan(now), session };
    return (await this.sessions.findOne({ where })) ?? undefined;
  }

  /** Writes that a session is used, unless it was written a short time ago; one that is idle for too long stays so. */
  async touch(tokenHash: Buffer, { now, idleSince, touchedSince }: Moment): Promise<void> {
    const usedBefore = { tokenHash, lastUsedAt: LessThan(touchedSince) };
    await this.sessions
      .createQueryBuilder()
      .update({ lastUsedAt: now })
      .where(usedBefore)
      .andWhere({ lastUsedAt: MoreThan(idleSince) })
      .execute();
  }

  /**
   * Puts a new token into the place of the old one, which is good for nothing from then on, and takes the second step.
   *
   * @returns false when somebody else was faster
   */
  async rotate(tokenHash: Buffer, nextHash: Buffer, { now }: Pick<Moment, 'now'>): Promise<boolean> {
    const changed = { tokenHash: nextHash, awaitsSecondStep: false, lastUsedAt: now };
    const { affected } = await this.sessions.update({ tokenHash, expiresAt: MoreThan(now) }, changed);
    return affected === 1;
  }
}

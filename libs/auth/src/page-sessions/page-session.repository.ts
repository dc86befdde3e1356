import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThan, MoreThan, type FindOptionsWhere, type Repository } from 'typeorm';
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

  /**
   * The session of a token with its login session, if it is of this app, neither idle for too long nor over, and its login
   * session is live. That of an agent who acts for a customer is over as soon as the agent's own session of pages is.
   */
  async find(tokenHash: Buffer, audience: Audience, moment: Moment): Promise<PageSession | undefined> {
    const where = { tokenHash, ...inUse(moment), session: { audience, endedAt: IsNull() } };
    // by a key there is one at most; findOne would ask for its key first, because of the join
    const [found] = await this.sessions.find({ where, relations: { session: true } });
    if (!found) return undefined;
    const { agentSessionId } = found.session;
    if (agentSessionId === null) return found;
    return (await this.sessions.existsBy({ sessionId: agentSessionId, ...inUse(moment) })) ? found : undefined;
  }

  /**
   * Writes that a session is used, unless it was written a short time ago; one that is idle for too long stays so. Whoever
   * acts for a customer uses their own session too.
   */
  async touch({ sessionId, session }: PageSession, { now, idleSince, touchedSince }: Moment): Promise<void> {
    for (const id of [sessionId, session.agentSessionId]) {
      if (id === null) continue;
      await this.sessions
        .createQueryBuilder()
        .update({ lastUsedAt: now })
        .where({ sessionId: id, lastUsedAt: LessThan(touchedSince) })
        .andWhere({ lastUsedAt: MoreThan(idleSince) })
        .execute();
    }
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

function inUse({ now, idleSince }: Moment): FindOptionsWhere<PageSession> {
  return { lastUsedAt: MoreThan(idleSince), expiresAt: MoreThan(now) };
}

import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Clock } from '#platform';
import { AUTH_OPTIONS, LOGIN_BOUND_STATE, type AuthOptions, type LoginBoundState } from '../auth.options.js';
import { endOldestSessions, type EndedSession, type CountedSessions } from './session-end.repository.js';

/** What comes with the end of sessions. */
@Injectable()
export class SessionEndService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Inject(LOGIN_BOUND_STATE) private readonly loginBoundState: LoginBoundState,
  ) {}

  /** Ends the oldest sessions beyond the limit, when one more is committed. */
  async endOldest(sessions: CountedSessions): Promise<void> {
    const limit = this.options.settings.limits.accountSessions;
    await this.voidEnded(await endOldestSessions(this.dataSource, sessions, limit, this.clock.now()));
  }

  /** Voids what must not outlive sessions that ended. */
  async voidEnded(sessions: readonly EndedSession[]): Promise<void> {
    for (const { id, owner } of sessions) await this.loginBoundState.voidSession(owner, id);
  }
}

import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Credentials } from '../accounts/account.js';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { SignInRecorder, type OpenedSession } from '../login/sign-in-recorder.js';
import { SessionEndService } from './session-end.service.js';
import { SessionRepository, type NewSession, type SessionHolder } from './session.repository.js';

/** Opens sessions, each with its entry in the trail. */
@Injectable()
export class SessionOpeningService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly ends: SessionEndService,
    private readonly recorder: SignInRecorder,
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {}

  /**
   * Opens a session of an account, and ends the oldest ones beyond the limit.
   *
   * @param agent the user that acts for the customer; null: the account itself logs in
   * @param holder what the client holds of the session
   * @returns its id; undefined when the password was changed or the account ended meanwhile, or the agent or its session
   */
  async open(credentials: Credentials, agent: NewSession['agent'], holder: SessionHolder): Promise<string | undefined> {
    const id = randomUUID();
    const agentId = agent?.id ?? null;
    const by = agent ? 'impersonation' : 'password';
    const awaitsSecondStep = 'page' in holder && holder.page.awaitsSecondStep;
    const opened = { account: credentials, sessionId: id, by, agentId, awaitsSecondStep } as const;
    const isOpen = await this.recorded(opened, (manager) =>
      this.sessions.open({ id, audience: this.options.audience, agent }, credentials, holder, manager),
    );
    if (!isOpen) return undefined;
    const owner = agent
      ? { kind: 'agent' as const, ownerId: agent.id }
      : { kind: credentials.kind, ownerId: credentials.id };
    await this.ends.endOldest(owner);
    return id;
  }

  /** What is opened and its entry in the trail are one transaction: without the entry there is no session. */
  async recorded(opened: OpenedSession, open: (manager: EntityManager) => Promise<boolean>): Promise<boolean> {
    const isOpen = await this.dataSource.transaction(async (manager) => {
      if (!(await open(manager))) return false;
      await this.recorder.recordOpened(opened, manager);
      return true;
    });
    if (isOpen) this.recorder.tellOpened(opened);
    return isOpen;
  }
}

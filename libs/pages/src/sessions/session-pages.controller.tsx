import { Body, Get, Injectable, Post, Query } from '@nestjs/common';
import { OwnSessionsService } from '#auth';
import { PageForm } from '../forms.js';
import type { PageAnswer } from '../page.js';
import { CurrentSession, type SessionContext } from '../session/page-context.js';
import { ForOwnAccount } from '../session/page-session.guard.js';
import { SessionList } from './session-list.view.js';

/** Where a person is signed in, and the end of it. */
@Injectable()
@ForOwnAccount()
export abstract class SessionPagesController {
  constructor(private readonly sessions: OwnSessionsService) {}

  @Get()
  async list(@CurrentSession() context: SessionContext, @Query() query: object): Promise<PageAnswer> {
    const sessions = await this.sessions.list(context.session.principal);
    const done = { isEnded: 'ended' in query, areOthersEnded: 'others' in query };
    return { title: context.texts.sessions.title, body: <SessionList {...{ context, sessions, ...done }} /> };
  }

  @Post('end')
  async end(@Body() form: PageForm, @CurrentSession() context: SessionContext): Promise<PageAnswer> {
    await this.sessions.end(context.session.principal, form.text('session'));
    return { location: `${context.area.base}/sessions?ended` };
  }

  @Post('end-others')
  async endOthers(@CurrentSession() context: SessionContext): Promise<PageAnswer> {
    await this.sessions.endOthers(context.session.principal);
    return { location: `${context.area.base}/sessions?others` };
  }
}

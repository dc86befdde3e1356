import { Body, Get, Injectable, Post, Query, Req } from '@nestjs/common';
import { callerOf, LoginService, PageSessionService, type OpenedPageSession, type RequestWithPrincipal } from '#auth';
import { LimitedByClient, type ClientRequest } from '#platform';
import { PageForm } from '../forms.js';
import { OwnFactorsService } from '../mfa/own-factors.service.js';
import type { PageAnswer } from '../page.js';
import { areaOfPerson, CurrentPageContext, type PageContext } from '../session/page-context.js';
import { PageCookie } from '../session/page-cookie.js';
import { ForPageAccess } from '../session/page-session.guard.js';
import type { Problems } from '../views/form.js';
import { SignInForm } from './sign-in.view.js';

/** What was typed is wrong; the same for every reason, so that nobody learns which accounts there are. */
const REFUSED = 422;
const BLOCKED = 429;

/** The sign-in of an area, and its end. */
@Injectable()
export abstract class SignInController {
  constructor(
    private readonly logins: LoginService,
    private readonly sessions: PageSessionService,
    private readonly factors: OwnFactorsService,
    private readonly cookie: PageCookie,
  ) {}

  @Get('sign-in')
  @ForPageAccess('everybody')
  form(@CurrentPageContext() context: PageContext, @Query() query: object): PageAnswer {
    if (context.session) return { location: context.area.base };
    return this.page(context, '', {}, Object.keys(query)[0]);
  }

  @Post('sign-in')
  @ForPageAccess('everybody')
  @LimitedByClient('sign-in')
  async signIn(
    @Body() form: PageForm,
    @Req() request: ClientRequest & RequestWithPrincipal,
    @CurrentPageContext() context: PageContext,
  ): Promise<PageAnswer> {
    const { texts, area, session } = context;
    const [username, password] = [form.text('username').trim(), form.text('password')];
    const refused = (problems: Problems): PageAnswer => ({
      ...this.page(context, username, problems),
      status: REFUSED,
    });
    const missing = {
      ...(username === '' && { username: texts.signIn.emailMissing }),
      ...(password === '' && { password: texts.signIn.passwordMissing }),
    };
    if (Object.keys(missing).length > 0) return refused(missing);
    const subject = { kind: area.kind, username, client: request.client };
    const result = await this.logins.authenticate(subject, password, { limit: area.loginLimit, scopes: area.scopes });
    if (result.outcome === 'blocked') {
      const { secondsLeft } = result;
      const blocked = refused({ '': texts.signIn.blocked(secondsLeft) });
      return { ...blocked, status: BLOCKED, headers: { 'retry-after': String(secondsLeft) } };
    }
    const opened = result.outcome === 'authenticated' ? await this.sessions.open(result.credentials) : undefined;
    if (!opened) return refused({ '': texts.signIn.refused });
    if (session) await this.sessions.end(session.principal);
    this.cookie.set(context, opened.token);
    return this.goOn(opened, context, request);
  }

  /** An agent who acted for somebody is an agent again. */
  @Post('sign-out')
  @ForPageAccess('everybody')
  async signOut(@CurrentPageContext() context: PageContext): Promise<PageAnswer> {
    if (context.session) await this.sessions.end(context.session.principal);
    this.cookie.clear(context);
    const { area, session } = context;
    const own = areaOfPerson(area, session);
    return { location: own === area ? `${area.base}/sign-in?out` : own.base };
  }

  private async goOn(
    { principal, awaitsSecondStep }: OpenedPageSession,
    { area }: PageContext,
    request: RequestWithPrincipal,
  ): Promise<PageAnswer> {
    if (!awaitsSecondStep) return { location: area.base };
    request.user = principal;
    const caller = callerOf(request);
    const isSent = caller && (await this.factors.sendOnlyCode(caller, 'sign-in'));
    const query = isSent === undefined ? '' : isSent ? '?sent' : '?unsent';
    return { location: `${area.base}/sign-in/code${query}` };
  }

  /** @param event why the person is here: the name of a text */
  private page({ texts, area }: PageContext, username: string, problems: Problems, event = '') {
    const { events } = texts.signIn;
    const note = Object.hasOwn(events, event) ? events[event] : undefined;
    const props = { texts, area, username, problems, note };
    return { title: texts.signIn.title, body: <SignInForm {...props} /> };
  }
}

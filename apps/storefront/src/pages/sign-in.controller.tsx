import { Body, Get, Post, Query, Req, Res } from '@nestjs/common';
import { callerOf, LoginService, PageSessionService, type OpenedPageSession, type RequestWithPrincipal } from '#auth';
import {
  CurrentPageContext,
  fieldOf,
  ForPageAccess,
  PageCookie,
  PagesController,
  type PageAnswer,
  type PageContext,
} from '#pages';
import { LimitedByClient, type ClientRequest } from '#platform';
import { OwnFactorsService } from './own-factors.service.js';
import { SignInForm, type SignInFormProps } from './sign-in.view.js';

/** What was typed is wrong; the same for every reason, so that nobody learns which accounts there are. */
const REFUSED = 422;
const BLOCKED = 429;

/** The sign-in of customers, and its end. */
@PagesController('account')
export class SignInController {
  constructor(
    private readonly logins: LoginService,
    private readonly sessions: PageSessionService,
    private readonly factors: OwnFactorsService,
    private readonly cookie: PageCookie,
  ) {}

  @Get('sign-in')
  @ForPageAccess('everybody')
  form(@CurrentPageContext() { texts, session }: PageContext, @Query() query: object): PageAnswer {
    if (session) return { location: '/account' };
    return page({ texts, email: '', problems: {}, isSignedOut: 'out' in query });
  }

  @Post('sign-in')
  @ForPageAccess('everybody')
  @LimitedByClient()
  async signIn(
    @Body() form: unknown,
    @Req() request: ClientRequest & RequestWithPrincipal,
    @Res({ passthrough: true }) response: object,
    @CurrentPageContext() { texts, session }: PageContext,
  ): Promise<PageAnswer> {
    const [email, password] = [fieldOf(form, 'email').trim(), fieldOf(form, 'password')];
    const problems = {
      ...(email === '' && { email: texts.signIn.emailMissing }),
      ...(password === '' && { password: texts.signIn.passwordMissing }),
    };
    if (Object.keys(problems).length > 0) return { ...page({ texts, email, problems }), status: REFUSED };
    const subject = { kind: 'customer', username: email, client: request.client } as const;
    const result = await this.logins.authenticate(subject, password);
    if (result.outcome === 'blocked') {
      const { secondsLeft } = result;
      const refused = page({ texts, email, problems: { '': texts.signIn.blocked(secondsLeft) } });
      return { ...refused, status: BLOCKED, headers: { 'retry-after': String(secondsLeft) } };
    }
    const opened = result.outcome === 'authenticated' ? await this.sessions.open(result.credentials) : undefined;
    if (!opened) return { ...page({ texts, email, problems: { '': texts.signIn.refused } }), status: REFUSED };
    if (session) await this.sessions.end(session.principal);
    this.cookie.set(response, opened.token);
    return this.goOn(opened, request);
  }

  @Post('sign-out')
  @ForPageAccess('everybody')
  async signOut(
    @Res({ passthrough: true }) response: object,
    @CurrentPageContext() { session }: PageContext,
  ): Promise<PageAnswer> {
    if (session) await this.sessions.end(session.principal);
    this.cookie.clear(response);
    return { location: '/account/sign-in?out' };
  }

  private async goOn(
    { principal, awaitsSecondStep }: OpenedPageSession,
    request: RequestWithPrincipal,
  ): Promise<PageAnswer> {
    if (!awaitsSecondStep) return { location: '/account' };
    request.user = principal;
    const caller = callerOf(request);
    const isSent = caller !== undefined && (await this.factors.sendOnlyCode(caller));
    return { location: `/account/sign-in/code${isSent ? '?sent' : ''}` };
  }
}

function page(props: SignInFormProps): PageAnswer & { readonly title: string; readonly body: object } {
  return { title: props.texts.signIn.title, body: <SignInForm {...props} /> };
}

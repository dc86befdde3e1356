import { Body, Get, Post, Query, Res } from '@nestjs/common';
import { CurrentCaller, type ReachableCaller } from '#auth';
import { FactorService, StepUpService } from '#mfa';
import {
  codeOf,
  CurrentPageContext,
  fieldOf,
  ForPageAccess,
  PageCookie,
  PagesController,
  refusalOf,
  type PageAnswer,
  type PageContext,
  type Refusal,
} from '#pages';
import { OwnFactorsService } from './own-factors.service.js';
import { SecondStepForm } from './second-step.view.js';

/** The second step of a sign-in: a code, after the password was found right and before anything else. */
@PagesController('account/sign-in/code')
export class SecondStepController {
  constructor(
    private readonly stepUp: StepUpService,
    private readonly factors: FactorService,
    private readonly ownFactors: OwnFactorsService,
    private readonly cookie: PageCookie,
  ) {}

  @Get()
  @ForPageAccess('second-step')
  form(
    @CurrentCaller() caller: ReachableCaller,
    @CurrentPageContext() context: PageContext,
    @Query() query: object,
  ): Promise<PageAnswer> {
    return this.page(caller, context, { isSent: 'sent' in query, isRecovery: 'recovery' in query });
  }

  @Post()
  @ForPageAccess('second-step')
  async confirm(
    @Body() form: unknown,
    @CurrentCaller() caller: ReachableCaller,
    @CurrentPageContext() context: PageContext,
    @Res({ passthrough: true }) response: object,
  ): Promise<PageAnswer> {
    try {
      // whatever policies require is set up behind the sign-in
      await this.stepUp.requireCode(caller, codeOf(form), 'never');
    } catch (error) {
      const isRecovery = fieldOf(form, 'recovery') !== '';
      return this.page(caller, context, { isRecovery, refusal: refusalOf(error, context.texts) });
    }
    await this.cookie.renew(context, response);
    return { location: '/account' };
  }

  @Post('send')
  @ForPageAccess('second-step')
  async send(
    @Body() form: unknown,
    @CurrentCaller() caller: ReachableCaller,
    @CurrentPageContext() context: PageContext,
  ): Promise<PageAnswer> {
    try {
      await this.factors.trigger(caller, fieldOf(form, 'method'));
    } catch (error) {
      return this.page(caller, context, { refusal: refusalOf(error, context.texts) });
    }
    return { location: '/account/sign-in/code?sent' };
  }

  private async page(
    caller: ReachableCaller,
    { texts }: PageContext,
    shown: { readonly isSent?: boolean; readonly isRecovery?: boolean; readonly refusal?: Refusal },
  ): Promise<PageAnswer> {
    const { refusal } = shown;
    const factors = await this.ownFactors.of(caller);
    const body = <SecondStepForm texts={texts} factors={factors} problems={refusal?.problems ?? {}} {...shown} />;
    return { title: texts.code.title, body, ...(refusal && { status: refusal.status, headers: refusal.headers }) };
  }
}

import { Body, Get, Injectable, Post, Query } from '@nestjs/common';
import { FactorService, StepUpService } from '#mfa';
import { PageForm } from '../forms.js';
import { OwnFactorsService } from '../mfa/own-factors.service.js';
import type { PageAnswer } from '../page.js';
import { headOf, refusalOf } from '../refusal.js';
import { CurrentSession, type SessionContext } from '../session/page-context.js';
import { PageCookie } from '../session/page-cookie.js';
import { ForPageAccess } from '../session/page-session.guard.js';
import { StepUpForm, type StepUpShown } from '../step-up/step-up.view.js';

/** The second step of a sign-in: a code, after the password was found right and before anything else. */
@Injectable()
export abstract class SecondStepController {
  constructor(
    private readonly stepUp: StepUpService,
    private readonly factors: FactorService,
    private readonly ownFactors: OwnFactorsService,
    private readonly cookie: PageCookie,
  ) {}

  @Get()
  @ForPageAccess('second-step')
  async form(@CurrentSession() context: SessionContext, @Query() query: object): Promise<PageAnswer> {
    const { senders } = await this.ownFactors.of(context.caller);
    return this.page(context, { sentBy: 'sent' in query ? senders[0] : undefined, isUnsent: 'unsent' in query });
  }

  /** A code; or the wish for one, or for another method. */
  @Post()
  @ForPageAccess('second-step')
  async confirm(@Body() form: PageForm, @CurrentSession() context: SessionContext): Promise<PageAnswer> {
    const [sendBy, chosen] = [form.text('send'), form.text('method')];
    if (chosen !== '') return this.page(context, { chosen });
    try {
      if (sendBy !== '') {
        await this.factors.trigger(context.caller, sendBy, 'sign-in');
        return { location: `${context.path}?sent` };
      }
      // whatever policies require is set up behind the sign-in
      await this.stepUp.requireCode(context.caller, form.code, 'never');
    } catch (error) {
      return this.page(context, { chosen: sendBy || form.text('chosen'), refusal: refusalOf(error, context.texts) });
    }
    await this.cookie.renew(context);
    return { location: context.area.base };
  }

  private async page({ texts, caller, path }: SessionContext, shown: StepUpShown): Promise<PageAnswer> {
    const factors = await this.ownFactors.of(caller);
    const body = <StepUpForm texts={texts} factors={factors} action={path} {...shown} />;
    return { title: texts.code.title, body, ...headOf(shown.refusal) };
  }
}

import { Body, Get, Injectable, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { FactorService, FactorStatus, type HandedOut } from '#mfa';
import { Clock } from '#platform';
import { PageForm } from '../forms.js';
import type { PageAnswer } from '../page.js';
import { headOf, refusalOf, type Refusal } from '../refusal.js';
import { CurrentSession, type SessionContext } from '../session/page-context.js';
import { PageCookie } from '../session/page-cookie.js';
import { ForOwnAccount } from '../session/page-session.guard.js';
import { methodName } from '../texts/method-name.js';
import { Deactivation } from './deactivation.view.js';
import { HandedOutPage } from './handed-out.view.js';
import { MethodList } from './method-list.view.js';
import { MethodPage } from './method.view.js';
import { factorOf, OwnFactorsService } from './own-factors.service.js';

interface Shown {
  readonly isSent?: boolean;
  /** Begin although the set-up is under way, or the method is on. */
  readonly isRestart?: boolean;
  readonly refusal?: Refusal;
}

/** A person's methods: what each is, and how it is turned on and off. */
@Injectable()
@ForOwnAccount()
export abstract class MfaPagesController {
  constructor(
    private readonly factors: FactorService,
    private readonly ownFactors: OwnFactorsService,
    private readonly cookie: PageCookie,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@CurrentSession() context: SessionContext, @Query() query: Record<string, unknown>): Promise<PageAnswer> {
    const factors = await this.ownFactors.of(context.caller);
    const { on, off } = query;
    const props = { context, factors, now: this.clock.now(), isRequired: 'required' in query };
    return { title: context.texts.mfa.title, body: <MethodList {...props} activated={on} deactivated={off} /> };
  }

  @Get(':type')
  method(
    @Param('type') type: string,
    @CurrentSession() context: SessionContext,
    @Query() query: object,
  ): Promise<PageAnswer> {
    return this.methodPage(type, context, { isSent: 'sent' in query, isRestart: 'begin' in query });
  }

  /** What is handed out is in this answer and nowhere else: it is shown once. */
  @Post(':type/activate')
  async activate(
    @Param('type') type: string,
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
  ): Promise<PageAnswer> {
    const { caller, texts } = context;
    let handedOut: HandedOut;
    try {
      handedOut = await this.factors.activate(caller, type, form.code);
    } catch (error) {
      const refusal = refusalOf(error, texts);
      if (refusal.isCodeUsed) await this.cookie.renew(context);
      return this.methodPage(type, context, { isRestart: true, refusal });
    }
    if (form.code !== undefined) await this.cookie.renew(context);
    if (!handedOut) return { location: `${pathOf(context, type)}?sent` };
    const body = <HandedOutPage texts={texts} path={pathOf(context)} type={type} handedOut={handedOut} />;
    return { title: methodName(texts, type), body };
  }

  @Post(':type/verify')
  async verify(
    @Param('type') type: string,
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
  ): Promise<PageAnswer> {
    try {
      await this.factors.verify(context.caller, type, form.code);
    } catch (error) {
      return this.methodPage(type, context, { refusal: refusalOf(error, context.texts) });
    }
    await this.cookie.renew(context);
    return { location: `${pathOf(context)}?on=${type}` };
  }

  @Get(':type/deactivate')
  deactivation(
    @Param('type') type: string,
    @CurrentSession() context: SessionContext,
    @Query() query: object,
  ): Promise<PageAnswer> {
    return this.deactivationPage(type, context, { isSent: 'sent' in query });
  }

  @Post(':type/deactivate')
  async deactivate(
    @Param('type') type: string,
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
  ): Promise<PageAnswer> {
    try {
      await this.factors.deactivate(context.caller, type, form.code);
    } catch (error) {
      const refusal = refusalOf(error, context.texts);
      if (refusal.isCodeUsed) await this.cookie.renew(context);
      return this.deactivationPage(type, context, { refusal });
    }
    await this.cookie.renew(context);
    return { location: `${pathOf(context)}?off=${type}` };
  }

  /** Sends a code of a method that is on: to turn this one off, or to begin with it. */
  @Post(':type/send')
  async send(
    @Param('type') type: string,
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
  ): Promise<PageAnswer> {
    const isDeactivation = form.text('for') === 'deactivate';
    if (!factorOf(await this.ownFactors.of(context.caller), type)) throw new NotFoundException();
    try {
      await this.factors.trigger(context.caller, form.text('method'), isDeactivation ? 'deactivation' : 'change');
    } catch (error) {
      const refusal = refusalOf(error, context.texts);
      return isDeactivation
        ? this.deactivationPage(type, context, { refusal })
        : this.methodPage(type, context, { isRestart: true, refusal });
    }
    const path = pathOf(context, type);
    return { location: isDeactivation ? `${path}/deactivate?sent` : `${path}?begin&sent` };
  }

  private async methodPage(type: string, context: SessionContext, { refusal, ...shown }: Shown): Promise<PageAnswer> {
    const { texts, caller } = context;
    const factors = await this.ownFactors.of(caller);
    const factor = factorOf(factors, type);
    if (!factor) throw new NotFoundException();
    const props = { texts, factors, factor, path: pathOf(context), problems: refusal?.problems ?? {}, ...shown };
    return { title: methodName(texts, type), body: <MethodPage {...props} />, ...headOf(refusal) };
  }

  private async deactivationPage(
    type: string,
    context: SessionContext,
    { refusal, isSent = false }: Shown,
  ): Promise<PageAnswer> {
    const { texts, caller } = context;
    const factors = await this.ownFactors.of(caller);
    const factor = factorOf(factors, type);
    if (!factor) throw new NotFoundException();
    if (factor.status !== FactorStatus.active) return { location: pathOf(context, type) };
    const props = { texts, factors, factor, path: pathOf(context), problems: refusal?.problems ?? {}, isSent };
    return { title: methodName(texts, type), body: <Deactivation {...props} />, ...headOf(refusal) };
  }
}

/** The path of a method's page, or of the list. */
function pathOf({ area }: SessionContext, type?: string): string {
  return `${area.base}/mfa${type === undefined ? '' : `/${encodeURIComponent(type)}`}`;
}

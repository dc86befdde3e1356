import { Body, Get, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import { CurrentCaller, type ReachableCaller } from '#auth';
import { FactorService, FactorStatus, type HandedOut } from '#mfa';
import {
  codeOf,
  CurrentPageContext,
  fieldOf,
  PageCookie,
  PagesController,
  refusalOf,
  type PageAnswer,
  type PageContext,
  type Refusal,
} from '#pages';
import { Clock } from '#platform';
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

const PATH = '/account/mfa';

/** A customer's methods: what each is, and how it is turned on and off. */
@PagesController('account/mfa')
export class MfaPagesController {
  constructor(
    private readonly factors: FactorService,
    private readonly ownFactors: OwnFactorsService,
    private readonly cookie: PageCookie,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(
    @CurrentCaller() caller: ReachableCaller,
    @CurrentPageContext() { texts }: PageContext,
    @Query() query: object,
  ): Promise<PageAnswer> {
    const factors = await this.ownFactors.of(caller);
    const [activated, deactivated] = [fieldOf(query, 'on'), fieldOf(query, 'off')];
    const props = { texts, factors, now: this.clock.now(), activated, deactivated };
    return { title: texts.mfa.title, body: <MethodList {...props} /> };
  }

  @Get(':type')
  method(
    @Param('type') type: string,
    @CurrentCaller() caller: ReachableCaller,
    @CurrentPageContext() context: PageContext,
    @Query() query: object,
  ): Promise<PageAnswer> {
    return this.methodPage(type, caller, context, { isSent: 'sent' in query, isRestart: 'begin' in query });
  }

  /** What is handed out is in this answer and nowhere else: it is shown once. */
  @Post(':type/activate')
  async activate(
    @Param('type') type: string,
    @Body() form: unknown,
    @CurrentCaller() caller: ReachableCaller,
    @CurrentPageContext() context: PageContext,
    @Res({ passthrough: true }) response: object,
  ): Promise<PageAnswer> {
    const code = codeOf(form);
    let handedOut: HandedOut;
    try {
      handedOut = await this.factors.activate(caller, type, code);
    } catch (error) {
      return this.methodPage(type, caller, context, { isRestart: true, refusal: refusalOf(error, context.texts) });
    }
    if (code !== undefined) await this.cookie.renew(context, response);
    if (!handedOut) return { location: `${PATH}/${type}?sent` };
    const { texts } = context;
    return { title: nameOf(type, context), body: <HandedOutPage texts={texts} type={type} handedOut={handedOut} /> };
  }

  @Post(':type/verify')
  async verify(
    @Param('type') type: string,
    @Body() form: unknown,
    @CurrentCaller() caller: ReachableCaller,
    @CurrentPageContext() context: PageContext,
    @Res({ passthrough: true }) response: object,
  ): Promise<PageAnswer> {
    try {
      await this.factors.verify(caller, type, codeOf(form));
    } catch (error) {
      return this.methodPage(type, caller, context, { refusal: refusalOf(error, context.texts) });
    }
    await this.cookie.renew(context, response);
    return { location: `${PATH}?on=${type}` };
  }

  @Get(':type/deactivate')
  deactivation(
    @Param('type') type: string,
    @CurrentCaller() caller: ReachableCaller,
    @CurrentPageContext() context: PageContext,
    @Query() query: object,
  ): Promise<PageAnswer> {
    return this.deactivationPage(type, caller, context, { isSent: 'sent' in query });
  }

  @Post(':type/deactivate')
  async deactivate(
    @Param('type') type: string,
    @Body() form: unknown,
    @CurrentCaller() caller: ReachableCaller,
    @CurrentPageContext() context: PageContext,
    @Res({ passthrough: true }) response: object,
  ): Promise<PageAnswer> {
    try {
      await this.factors.deactivate(caller, type, codeOf(form));
    } catch (error) {
      return this.deactivationPage(type, caller, context, { refusal: refusalOf(error, context.texts) });
    }
    await this.cookie.renew(context, response);
    return { location: `${PATH}?off=${type}` };
  }

  /** Sends a code of a method that is on: to turn this one off, or to begin with it. */
  @Post(':type/send')
  async send(
    @Param('type') type: string,
    @Body() form: unknown,
    @CurrentCaller() caller: ReachableCaller,
    @CurrentPageContext() context: PageContext,
  ): Promise<PageAnswer> {
    const isDeactivation = fieldOf(form, 'for') === 'deactivate';
    try {
      await this.factors.trigger(caller, fieldOf(form, 'method'));
    } catch (error) {
      const refusal = refusalOf(error, context.texts);
      return isDeactivation
        ? this.deactivationPage(type, caller, context, { refusal })
        : this.methodPage(type, caller, context, { isRestart: true, refusal });
    }
    const path = `${PATH}/${encodeURIComponent(type)}`;
    return { location: isDeactivation ? `${path}/deactivate?sent` : `${path}?begin&sent` };
  }

  private async methodPage(
    type: string,
    caller: ReachableCaller,
    context: PageContext,
    { refusal, ...shown }: Shown,
  ): Promise<PageAnswer> {
    const { texts } = context;
    const factors = await this.ownFactors.of(caller);
    const factor = factorOf(factors, type);
    if (!factor) throw new NotFoundException();
    const props = { texts, factors, factor, problems: refusal?.problems ?? {}, ...shown };
    return { title: nameOf(type, context), body: <MethodPage {...props} />, ...headOf(refusal) };
  }

  private async deactivationPage(
    type: string,
    caller: ReachableCaller,
    context: PageContext,
    { refusal, isSent = false }: Shown,
  ): Promise<PageAnswer> {
    const { texts } = context;
    const factors = await this.ownFactors.of(caller);
    const factor = factorOf(factors, type);
    if (!factor) throw new NotFoundException();
    if (factor.status !== FactorStatus.active) return { location: `${PATH}/${type}` };
    const props = { texts, factors, factor, problems: refusal?.problems ?? {}, isSent };
    return { title: nameOf(type, context), body: <Deactivation {...props} />, ...headOf(refusal) };
  }
}

function headOf(refusal: Refusal | undefined): Partial<Pick<Refusal, 'status' | 'headers'>> {
  return refusal ? { status: refusal.status, headers: refusal.headers } : {};
}

function nameOf(type: string, { texts }: PageContext): string {
  return texts.methods[type]?.name ?? type;
}

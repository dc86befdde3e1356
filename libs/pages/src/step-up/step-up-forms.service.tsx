import { Injectable, type Type } from '@nestjs/common';
import { FactorService, keepPassedStepUp, ProtectedResources, StepUpService } from '#mfa';
import { PageForm } from '../forms.js';
import { OwnFactorsService, RECOVERY_CODE } from '../mfa/own-factors.service.js';
import type { PageAnswer } from '../page.js';
import { headOf, refusalOf, type Refusal } from '../refusal.js';
import { mfaPathOf, type SessionContext } from '../session/page-context.js';
import { PageCookie } from '../session/page-cookie.js';
import { KeptForms } from './kept-forms.js';
import { StepUpForm, type StepUpShown } from './step-up.view.js';

/** The fields of the form that asks for a code; they belong to no other one. */
const OWN_FIELDS = ['code', 'send', 'method', 'chosen', 'kept'];

/** What is done when the code is right. */
export interface ProtectedAction<Controller extends object> {
  /** The API's route for it, whose rule holds. */
  readonly route: readonly [controller: Type<Controller>, handler: keyof Controller];
  /** It moves the second factor itself: a grant of the session does not stand for the code. */
  readonly isFresh?: boolean;
  /**
   * What is asked of accounts without MFA in place of a code.
   *
   * @returns the page that asks; undefined: the form can be carried out
   */
  readonly withoutCode?: () => Promise<PageAnswer | undefined>;
}

/** Asks for a code before a form of a page is carried out, and keeps the form until then. */
@Injectable()
export class StepUpForms {
  constructor(
    private readonly stepUp: StepUpService,
    private readonly resources: ProtectedResources,
    private readonly factors: FactorService,
    private readonly ownFactors: OwnFactorsService,
    private readonly kept: KeptForms,
    private readonly cookie: PageCookie,
  ) {}

  /** Whether a code would be asked for, so that a page can show what it asks for. The form is judged when it is sent. */
  async asksForCode<Controller extends object>(
    { caller }: SessionContext,
    action: ProtectedAction<Controller>,
  ): Promise<boolean> {
    if (!this.ruleOf(action)) return false;
    const { active } = await this.ownFactors.of(caller);
    return active.some((type) => type !== RECOVERY_CODE);
  }

  /**
   * Decides as the API does for the same action: by the rule of its route.
   *
   * @param form as it was sent, or as it was kept
   * @returns the page that asks for a code; undefined: the form can be carried out
   */
  async require<Controller extends object>(
    context: SessionContext,
    form: PageForm,
    action: ProtectedAction<Controller>,
  ): Promise<PageAnswer | undefined> {
    const { isFresh = false, withoutCode } = action;
    const rule = this.ruleOf(action);
    if (!rule) return withoutCode?.();
    const { caller, texts } = context;
    const sent = form.text('send');
    if (sent !== '') return this.send(context, form, sent);
    const chosen = form.text('method');
    if (chosen !== '') return this.ask(context, form, { chosen });
    let accepted;
    try {
      const asked = isFresh ? { ...caller, holdsGrant: false } : caller;
      accepted = await this.stepUp.requireCode(asked, form.code, rule);
      keepPassedStepUp(context.request, { caller, stepUp: accepted });
    } catch (error) {
      const refusal = refusalOf(error, texts);
      if (refusal.reason === 'setupRequired') return { location: `${mfaPathOf(context)}?required` };
      return this.refuse(context, form, refusal);
    }
    if (!accepted) return withoutCode?.();
    if (form.code !== undefined) await this.cookie.renew(context);
    return undefined;
  }

  /** What moves the second factor itself needs a code whatever an operator protects. */
  private ruleOf<Controller extends object>({
    route: [controller, handler],
    isFresh = false,
  }: ProtectedAction<Controller>) {
    const rule = this.resources.enrolmentRuleOf(controller, controller.prototype[handler]);
    return rule ?? (isFresh ? 'by-policy' : undefined);
  }

  private async refuse(context: SessionContext, form: PageForm, refusal: Refusal): Promise<PageAnswer> {
    const isFirst = refusal.reason === 'codeMissing' && form.text('chosen') === '';
    if (!isFirst) return this.ask(context, form, { chosen: form.text('chosen'), refusal });
    const isSent = await this.ownFactors.sendOnlyCode(context.caller, 'change');
    return this.ask(context, form, { isSent, isUnsent: isSent === false }, refusal.status);
  }

  private async send(context: SessionContext, form: PageForm, method: string): Promise<PageAnswer> {
    try {
      await this.factors.trigger(context.caller, method);
    } catch (error) {
      return this.ask(context, form, { chosen: method, refusal: refusalOf(error, context.texts) });
    }
    return this.ask(context, form, { sentBy: method });
  }

  private async ask(
    context: SessionContext,
    form: PageForm,
    { isSent = false, ...shown }: StepUpShown & { readonly isSent?: boolean | undefined },
    status?: number,
  ): Promise<PageAnswer> {
    const { texts, path, caller } = context;
    const factors = await this.ownFactors.of(caller);
    const kept = this.kept.keep(form.without(OWN_FIELDS), { sessionId: caller.sessionId, path });
    const props = { texts, factors, action: path, kept, cancel: path, ...shown };
    const body = <StepUpForm {...props} {...(isSent && { sentBy: factors.senders[0] })} />;
    return { title: texts.code.title, body, isStepUp: true, ...(status && { status }), ...headOf(shown.refusal) };
  }
}

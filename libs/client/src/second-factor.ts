import type { Answer, Api } from './api.js';
import { CODE, StepUpCancelled, type ApiError } from './errors.js';
import type { StepUpOptions } from './options.js';
import type { ReplayableRequest } from './replayable-request.js';
import { orAborted, SharedWait } from './shared-wait.js';

const DEFAULT_MAX_PROMPTS = 3;

/** The end of a prompt: the person cancelled, or all prompts were used. */
interface Ending {
  readonly cancelled?: StepUpCancelled;
}

/**
 * The second factor of one login session. All requests that need it share one prompt, and only one request at a time
 * tries a value. Each wrong value counts as a miss at the API, and several misses lock the account.
 */
export class SecondFactor {
  /** The last value that was typed or accepted. Removed when it is refused. */
  private value: string | undefined;
  private lastRefusal: ApiError | undefined;
  /** A request that tries the value. Resolves to true if the value was certainly accepted. */
  private trial: Promise<boolean> | undefined;
  /** A request sent with the value that may not need it. Resolves when the request has ended. */
  private carried: Promise<void> | undefined;
  /** The last one. A request that started before it does not prompt again. */
  private ending: Ending = {};
  private setUpsOver = 0;
  private readonly prompts = new SharedWait<void>();
  private readonly setUps = new SharedWait<void>();
  /** Kinds of requests for which the API required a code. */
  private readonly protectedKinds = new Set<string>();

  constructor(
    readonly session: string,
    private readonly api: Api,
    private readonly options: StepUpOptions,
  ) {}

  /**
   * @throws ApiError 5911 and 5912; StepUpCancelled; the reason of the request's signal; TypeError if there is no
   * response
   */
  async answerTo(request: ReplayableRequest): Promise<Response> {
    if (request.bringsCode) return this.answerToOwnCode(request);
    const { maxPrompts = DEFAULT_MAX_PROMPTS } = this.options;
    const begun = { ending: this.ending, setUps: this.setUpsOver };
    let refusal: Response | undefined;
    let prompts = 0;
    let isSetUp = false;
    let isAccepted = false;
    for (;;) {
      // no `await` between the check for a trial and the start of one
      if (!isAccepted && this.protectedKinds.has(request.kind)) {
        if (this.trial) {
          isAccepted = await orAborted(this.trial, request.signal);
          continue;
        }
        // if that request's value is refused, the value is known to be wrong without another miss
        if (this.carried) {
          await orAborted(this.carried, request.signal);
          continue;
        }
      }
      if (refusal && this.value === undefined) {
        if (this.isOverFor(begun)) return refusal;
        if (prompts >= maxPrompts) this.ending = {};
        else await this.prompt(request, (prompts += 1));
        isAccepted = false;
        continue;
      }
      const { response, error } = await this.send(request, isAccepted);
      isAccepted = false;
      if (isRefusal(error)) refusal = response;
      else if (error?.code === CODE.setUpRequired && this.options.setUp && !isSetUp) {
        isSetUp = true;
        if (!this.isOverFor(begun) && this.setUpsOver === begun.setUps) await this.setUp(request, error);
      } else return answered(response, error);
    }
  }

  /** Call it when nobody is logged in with this session any more. Waiting requests are rejected. */
  end(): void {
    const cancelled = new StepUpCancelled('Somebody else has logged in since.');
    this.ending = { cancelled };
    this.prompts.cancel(cancelled);
    this.setUps.cancel(cancelled);
  }

  /**
   * Whether a prompt has ended since the request began.
   *
   * @throws StepUpCancelled if the person cancelled
   */
  private isOverFor(begun: { readonly ending: Ending }): boolean {
    if (this.ending === begun.ending) return false;
    if (this.ending.cancelled) throw this.ending.cancelled;
    return true;
  }

  /** Verify opens a grant for its code; deactivate ends a grant. */
  private async answerToOwnCode(request: ReplayableRequest): Promise<Response> {
    const { response, error } = await this.api.send(request, this.session);
    const code = request.headers.get('x-mfa-code') ?? undefined;
    if (response.ok && request.kind === 'POST multi-factor-auth-type-verify') this.value = code;
    if (response.ok && request.kind === 'POST multi-factor-auth-type-deactivate') this.value = undefined;
    return answered(response, error);
  }

  /** Sends the value if it is known to be right or no other request is trying it. */
  private async send(request: ReplayableRequest, isAccepted: boolean): Promise<Answer> {
    const { value } = this;
    if (value === undefined) return this.sendWith(request, undefined);
    if (this.protectedKinds.has(request.kind)) {
      return isAccepted ? this.sendWith(request, value) : this.try(request, value);
    }
    // the request may be unprotected, so its success does not prove the value; other requests do not wait for it
    if (request.isRead || this.trial || this.carried) return this.sendWith(request, undefined);
    const sent = this.sendWith(request, value);
    const over = (): void => {
      this.carried = undefined;
    };
    this.carried = sent.then(over, over);
    return sent;
  }

  private try(request: ReplayableRequest, value: string): Promise<Answer> {
    const sent = this.sendWith(request, value);
    const over = (isAccepted: boolean): boolean => {
      this.trial = undefined;
      return isAccepted;
    };
    this.trial = sent.then(
      ({ response }) => over(response.ok),
      () => over(false),
    );
    return sent;
  }

  private async sendWith(request: ReplayableRequest, value: string | undefined): Promise<Answer> {
    const answer = await this.api.send(request, this.session, value);
    if (isRefusal(answer.error)) {
      this.protectedKinds.add(request.kind);
      if (value !== undefined && this.value === value) this.value = undefined;
      if (value !== undefined) this.lastRefusal = answer.error;
    }
    return answer;
  }

  private prompt(request: ReplayableRequest, attempt: number): Promise<void> {
    const { api, session } = this;
    return this.prompts.join(request.signal, async (signal) => {
      const methods = await api.activeMethods(request, session, signal);
      const error = attempt === 1 ? undefined : this.lastRefusal;
      const trigger = (method: string): ReturnType<Api['trigger']> => api.trigger(request, session, method, signal);
      const value = await this.ask(signal, async () => {
        const given = await this.options.stepUp({ methods, error, attempt, signal, trigger });
        if (given === undefined) throw new Error('No code was given.');
        return given;
      });
      // a pasted code may have blanks and invisible characters; no valid code has any
      if (!signal.aborted) this.value = value.replaceAll(/[^\x21-\x7e]/g, '');
    });
  }

  private setUp(request: ReplayableRequest, error: ApiError): Promise<void> {
    return this.setUps.join(request.signal, async (signal) => {
      await this.ask(signal, async () => this.options.setUp?.({ error, signal }));
      this.setUpsOver += 1;
    });
  }

  /** Calls a callback of the application. A rejection means that the person cancelled. */
  private async ask<T>(signal: AbortSignal, callback: () => Promise<T>): Promise<T> {
    try {
      return await callback();
    } catch (cause) {
      const cancelled = new StepUpCancelled('The second factor was asked for and not given.', { cause });
      if (!signal.aborted) this.ending = { cancelled };
      throw cancelled;
    }
  }
}

function isRefusal(error: ApiError | undefined): boolean {
  return error?.code === CODE.missing || error?.code === CODE.invalid;
}

function answered(response: Response, error: ApiError | undefined): Response {
  if (error?.code === CODE.locked || error?.code === CODE.sendLimit) throw error;
  return response;
}

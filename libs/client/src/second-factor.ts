import type { Answer, Api } from './api.js';
import { CODE, StepUpCancelled, type ApiError } from './errors.js';
import type { StepUpOptions } from './options.js';
import type { ReplayableRequest } from './replayable-request.js';
import { orAborted, SharedWait } from './shared-wait.js';

const DEFAULT_MAX_PROMPTS = 3;

/** The person cancelled, or used the prompts up. */
interface Ending {
  readonly cancelled?: StepUpCancelled;
}

/**
 * The second factor of one login session: one prompt for all requests that need it, and one request at a time that finds
 * out whether a value is right. Each wrong value that the API sees is a miss, and some of them lock the account.
 */
export class SecondFactor {
  /** What was typed or accepted last, until it is refused. */
  private value: string | undefined;
  private lastRefusal: ApiError | undefined;
  /** A request that tries the value; resolves with whether it was accepted for certain. */
  private trial: Promise<boolean> | undefined;
  /** A request that has the value along and may not need it; resolves when it is over. */
  private carried: Promise<void> | undefined;
  /** The last one; a request that began before it is not worth another prompt. */
  private ending: Ending = {};
  private setUpsOver = 0;
  private readonly prompts = new SharedWait<void>();
  private readonly setUps = new SharedWait<void>();
  /** Kinds of requests that were asked for a code. */
  private readonly protectedKinds = new Set<string>();

  constructor(
    readonly session: string,
    private readonly api: Api,
    private readonly options: StepUpOptions,
  ) {}

  /** @throws ApiError 5911 and 5912; StepUpCancelled; the reason of the request's signal; TypeError without an answer */
  async answerTo(request: ReplayableRequest): Promise<Response> {
    if (request.bringsCode) return this.answerToOwnCode(request);
    const { maxPrompts = DEFAULT_MAX_PROMPTS } = this.options;
    const begun = { ending: this.ending, setUps: this.setUpsOver };
    let refusal: Response | undefined;
    let prompts = 0;
    let isSetUp = false;
    let isAccepted = false;
    for (;;) {
      // nothing is awaited between looking for a trial and starting one
      if (!isAccepted && this.protectedKinds.has(request.kind)) {
        if (this.trial) {
          isAccepted = await orAborted(this.trial, request.signal);
          continue;
        }
        // if it is refused, the value is known to be wrong without one more miss
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

  /** Nobody is logged in with this session any more: who waits for an answer gets none. */
  end(): void {
    const cancelled = new StepUpCancelled('Somebody else has logged in since.');
    this.ending = { cancelled };
    this.prompts.cancel(cancelled);
    this.setUps.cancel(cancelled);
  }

  /** Whether the person has ended it since. @throws StepUpCancelled where they cancelled */
  private isOverFor(begun: { readonly ending: Ending }): boolean {
    if (this.ending === begun.ending) return false;
    if (this.ending.cancelled) throw this.ending.cancelled;
    return true;
  }

  /** Verify opens a grant for the code that it was given; deactivate ends one. */
  private async answerToOwnCode(request: ReplayableRequest): Promise<Response> {
    const { response, error } = await this.api.send(request, this.session);
    const code = request.headers.get('x-mfa-code') ?? undefined;
    if (response.ok && request.kind === 'POST multi-factor-auth-type-verify') this.value = code;
    if (response.ok && request.kind === 'POST multi-factor-auth-type-deactivate') this.value = undefined;
    return answered(response, error);
  }

  /** With the value, where it is known to be right or nobody else is trying it. */
  private async send(request: ReplayableRequest, isAccepted: boolean): Promise<Answer> {
    const { value } = this;
    if (value === undefined) return this.sendWith(request, undefined);
    if (this.protectedKinds.has(request.kind)) {
      return isAccepted ? this.sendWith(request, value) : this.try(request, value);
    }
    // it may be unprotected, and then its success says nothing of the value: others do not wait for it
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
      // pasted codes bring blanks and invisible characters along; no code has any
      if (!signal.aborted) this.value = value.replaceAll(/[^\x21-\x7e]/g, '');
    });
  }

  private setUp(request: ReplayableRequest, error: ApiError): Promise<void> {
    return this.setUps.join(request.signal, async (signal) => {
      await this.ask(signal, async () => this.options.setUp?.({ error, signal }));
      this.setUpsOver += 1;
    });
  }

  /** What a callback of the application gives; its rejection means that the person does not go on. */
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

import type { ApiError } from './errors.js';

/** What `stepUp` is told. */
export interface StepUpPrompt {
  /** Names of the account's active methods, such as `email`, `totp` and `recovery-code`, in the API's order. */
  readonly methods: readonly string[];
  /** Why the value before was refused (5901); undefined at the first prompt. */
  readonly error: ApiError | undefined;
  /** 1 for the first prompt of a request, 2 after a refused value … */
  readonly attempt: number;
  /** Aborts when no request waits for the value any more. */
  readonly signal: AbortSignal;
  /**
   * Has a code sent, or does nothing where the method sends none.
   *
   * @returns what the method hands out instead of sending, if anything
   * @throws ApiError what the API says: 5912 with `retryAfter`, 5910 where the mail could not be sent, 5911, 5906
   */
  readonly trigger: (method: string) => Promise<Readonly<Record<string, unknown>> | undefined>;
}

/** What `setUp` is told. */
export interface SetUpPrompt {
  /** The 5913 of the request. */
  readonly error: ApiError;
  /** Aborts when no request waits for the set-up any more. */
  readonly signal: AbortSignal;
}

export interface StepUpOptions {
  /** Where the API is. Relative addresses are resolved against it: `carts` at `https://shop.example/api` is `/api/carts`. */
  readonly baseUrl: string | URL;
  /**
   * The value of the header `Authorization`, such as `Bearer eyJ…`, or what gives it: asked before every sending, so that a
   * refreshed token is used. Undefined for guests.
   */
  readonly authorization: string | (() => string | undefined | Promise<string | undefined>);
  /** Asks the person for a value. Undefined, or a rejection, cancels all requests that wait for it. */
  readonly stepUp: (prompt: StepUpPrompt) => string | undefined | Promise<string | undefined>;
  /** Has the person set MFA up; the requests are sent again when it resolves. Without it a 5913 is the answer. */
  readonly setUp?: ((prompt: SetUpPrompt) => void | Promise<void>) | undefined;
  /** What sends requests; default: the platform's `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** How often one request may ask; then the refusal is its answer. Default 3. */
  readonly maxPrompts?: number | undefined;
}

import type { ApiError } from './errors.js';

/** The argument of `stepUp`. */
export interface StepUpPrompt {
  /** Names of the account's active methods, such as `email`, `totp` and `recovery-code`, in the API's order. */
  readonly methods: readonly string[];
  /** The error of the previous value (5901). Undefined at the first prompt. */
  readonly error: ApiError | undefined;
  /** 1 for the first prompt of a request, 2 after a refused value … */
  readonly attempt: number;
  /** Aborts when no request is waiting for the value any more. */
  readonly signal: AbortSignal;
  /**
   * Asks the API to send a code. Does nothing for methods that send none.
   *
   * @returns what the method hands out instead, if anything
   * @throws ApiError the API's error: 5912 with `retryAfter`, 5910 if the mail could not be sent, 5911, 5906
   */
  readonly trigger: (method: string) => Promise<Readonly<Record<string, unknown>> | undefined>;
}

/** The argument of `setUp`. */
export interface SetUpPrompt {
  /** The request's error 5913. */
  readonly error: ApiError;
  /** Aborts when no request is waiting for the set-up any more. */
  readonly signal: AbortSignal;
}

export interface StepUpOptions {
  /**
   * The URL of the API. Relative URLs are resolved against it: with `https://shop.example/api`, `carts` is
   * `/api/carts`.
   */
  readonly baseUrl: string | URL;
  /**
   * The value of the header `Authorization`, such as `Bearer eyJ…`, or a function that returns it. The function is
   * called before every request, so that a refreshed token is used. Undefined for guests.
   */
  readonly authorization: string | (() => string | undefined | Promise<string | undefined>);
  /**
   * Asks the person for a value. If it returns undefined or rejects, all requests waiting for the value are cancelled.
   */
  readonly stepUp: (prompt: StepUpPrompt) => string | undefined | Promise<string | undefined>;
  /** Lets the person set up MFA. When it resolves, the requests are sent again. Without it, 5913 is the response. */
  readonly setUp?: ((prompt: SetUpPrompt) => void | Promise<void>) | undefined;
  /** Sends the requests. Default: the platform's `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** How often one request may prompt. After that the API's refusal is the response. Default: 3. */
  readonly maxPrompts?: number | undefined;
}

import { Api } from './api.js';
import type { StepUpOptions } from './options.js';
import { SecondFactor } from './second-factor.js';

/** An agent's page has two sessions at a time: the agent's own and the one for a customer. Older ones have ended. */
const MOST_SESSIONS = 4;

/**
 * A `fetch` for one API that asks for the second factor when the API requires it.
 *
 * It rejects with `ApiError` for 5911 and 5912, with `StepUpCancelled` if the person cancelled, with the reason of the
 * request's signal, and with a TypeError if the origin is another one, the body is a stream, or there is no response.
 * It resolves to every other response.
 */
export function createStepUpFetch(options: StepUpOptions): typeof fetch {
  const api = new Api(options);
  const factors = new Map<string, SecondFactor>();
  const factorOf = (session: string): SecondFactor => {
    const factor = factors.get(session) ?? new SecondFactor(session, api, options);
    factors.delete(session);
    factors.set(session, factor);
    const [oldest] = factors;
    if (oldest && factors.size > MOST_SESSIONS) {
      factors.delete(oldest[0]);
      oldest[1].end();
    }
    return factor;
  };
  return async (input, init) => {
    const request = await api.request(input, init);
    return factorOf(await api.sessionOf(request)).answerTo(request);
  };
}

import { Api } from './api.js';
import type { StepUpOptions } from './options.js';
import { SecondFactor } from './second-factor.js';

/** An agent's page has two at a time: the agent's own, and that for a customer. Behind these a login is over. */
const MOST_SESSIONS = 4;

/**
 * A `fetch` for one API that asks for the second factor where the API does.
 *
 * It rejects with an `ApiError` for 5911 and 5912, with `StepUpCancelled` where the person did not go on, with the reason of
 * the request's signal, and with a TypeError for another origin, a stream as body, or no answer. All other answers are
 * answers.
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

import { Api } from './api.js';
import type { StepUpOptions } from './options.js';
import { SecondFactor } from './second-factor.js';

/**
 * A `fetch` for one API that asks for the second factor where the API does.
 *
 * It rejects with an `ApiError` for 5911 and 5912, with `StepUpCancelled` where the person did not go on, with the reason of
 * the request's signal, and with a TypeError for another origin, a stream as body, or no answer. All other answers are
 * answers.
 */
export function createStepUpFetch(options: StepUpOptions): typeof fetch {
  const api = new Api(options);
  let factor: SecondFactor | undefined;
  return async (input, init) => {
    const request = await api.request(input, init);
    const session = await api.sessionOf(request);
    if (factor?.session !== session) factor = new SecondFactor(session, api, options);
    return factor.answerTo(request);
  };
}

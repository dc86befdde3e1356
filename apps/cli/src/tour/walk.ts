import { setTimeout as sleep } from 'node:timers/promises';
import { styleText } from 'node:util';
import { ProgramError } from '#platform';
import { errorCodeOf } from './answer-body.js';
import { send, type Answer, type Request } from './http.js';
import { tellAnswer, tellKept, tellNote, tellRequest } from './narration.js';
import { differences, type Promised } from './promise.js';

const SEND_LIMIT = '5912';
const START_HINT = 'Start the apps with npm start.';

/** Sends requests to one app, prints them with their answers, and stops at an answer that is not as promised. */
export class Walk {
  private sent = 0;

  constructor(readonly url: string) {}

  get requestCount(): number {
    return this.sent;
  }

  /** @throws ProgramError unless the app serves requests */
  async checkReady(): Promise<void> {
    const { status } = await send(this.url, { method: 'GET', path: '/health/ready' }, START_HINT);
    if (status !== 200) {
      throw new ProgramError(`What answers at ${this.url} is not ready for the tour: GET /health/ready is ${status}.`);
    }
  }

  /** Sends a request whose answer is not known beforehand; one that meets the send limit is sent again when it may. */
  async ask(who: string, request: Request): Promise<Answer> {
    const answer = await this.exchange(who, request);
    const seconds = Number(answer.headers.get('retry-after') ?? 0);
    if (errorCodeOf(answer) !== SEND_LIMIT || !(seconds > 0)) return answer;
    tellNote(`The send limit: this account was sent too many codes. Retry-After says ${seconds} s; waiting.`);
    await sleep(seconds * 1000);
    return this.exchange(who, request);
  }

  /** @throws ProgramError with the differences when the answer is not as promised */
  async expect(who: string, request: Request, promised: Promised): Promise<Answer> {
    const answer = await this.ask(who, request);
    const found = differences(promised, answer);
    if (found.length > 0)
      throw new ProgramError(mismatch(`${request.method} ${this.url}${request.path}`, found, answer));
    tellKept(promised);
    return answer;
  }

  private async exchange(who: string, request: Request): Promise<Answer> {
    tellRequest(who, request);
    const answer = await send(this.url, request, START_HINT);
    this.sent += 1;
    tellAnswer(answer);
    return answer;
  }
}

function mismatch(request: string, found: readonly string[], { headers }: Answer): string {
  const seconds = headers.get('retry-after');
  return [
    styleText('red', `Not as promised: ${request}`, { stream: process.stderr }),
    ...found,
    ...(seconds === null ? [] : [`  Retry-After: ${seconds} s. Take the tour again after that.`]),
  ].join('\n');
}

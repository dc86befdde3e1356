import { ApiError, errorOf, StepUpCancelled } from './errors.js';
import type { StepUpOptions } from './options.js';
import { ReplayableRequest } from './replayable-request.js';

/** A response, and its error if it is one. */
export interface Answer {
  readonly response: Response;
  readonly error: ApiError | undefined;
}

/** The account and session that a request is sent for. */
interface Identity {
  readonly headers: Headers;
  readonly session: string;
}

const AGENT = 'x-agent-authorization';
const IDENTITY_HEADERS = ['authorization', AGENT];
const ACTIVE = 2;

/** Sends requests to one API, with the token of the person who is logged in at that moment. */
export class Api {
  private readonly base: URL;
  private readonly fetch: (request: Request) => Promise<Response>;

  constructor(private readonly options: Pick<StepUpOptions, 'baseUrl' | 'authorization' | 'fetch'>) {
    this.base = new URL(options.baseUrl);
    if (!this.base.pathname.endsWith('/')) this.base.pathname += '/';
    const { fetch: given = fetch } = options;
    this.fetch = (request) => given(request); // browsers refuse to call `fetch` as a method of another object
  }

  request(input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<ReplayableRequest> {
    return ReplayableRequest.from(this.base, input, init);
  }

  /** Identifies a login session. */
  async sessionOf(request: ReplayableRequest): Promise<string> {
    return (await this.identify(request)).session;
  }

  /**
   * @param session the only login session in which the request may be sent, because a code and an action must belong to
   * the same person
   */
  async send(request: ReplayableRequest, session: string, code?: string): Promise<Answer> {
    const identity = await this.identify(request);
    if (identity.session !== session)
      throw new StepUpCancelled('Somebody else is logged in than when it was asked for.');
    if (code !== undefined) setHeader(identity.headers, 'x-mfa-code', code);
    const response = await this.fetch(request.copy(identity.headers)).catch((error: unknown) => {
      throw error instanceof TypeError ? this.noAnswer(error) : error;
    });
    const error = await errorOf(response);
    request.signal.throwIfAborted();
    return { response, error };
  }

  /** The names of the active methods of the account that a request is from. */
  async activeMethods(from: ReplayableRequest, session: string, signal: AbortSignal): Promise<string[]> {
    const { response } = await this.callAs(from, session, 'multi-factor-auth-types', { signal });
    const { data } = (await response.json()) as { data: { attributes: { type: string; status: number } }[] };
    return data.filter(({ attributes }) => attributes.status === ACTIVE).map(({ attributes }) => attributes.type);
  }

  /**
   * Asks the API to send a code to the account that a request is from.
   *
   * @returns what the method handed out, if anything
   */
  async trigger(
    from: ReplayableRequest,
    session: string,
    type: string,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, unknown>> | undefined> {
    const { response } = await this.callAs(from, session, 'multi-factor-auth-trigger', {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.api+json' },
      body: JSON.stringify({ data: { type: 'multi-factor-auth-trigger', attributes: { type } } }),
      signal,
    });
    if (response.status !== 201) return undefined;
    return ((await response.json()) as { data: { attributes: Record<string, unknown> } }).data.attributes;
  }

  private async callAs(from: ReplayableRequest, session: string, path: string, init: RequestInit): Promise<Answer> {
    const request = await this.request(path, init);
    for (const name of IDENTITY_HEADERS) setHeader(request.headers, name, from.headers.get(name));
    const answer = await this.send(request, session);
    if (answer.error) throw answer.error;
    return answer;
  }

  private async identify({ headers: own }: ReplayableRequest): Promise<Identity> {
    const { authorization } = this.options;
    const headers = new Headers(own);
    setHeader(headers, 'authorization', typeof authorization === 'function' ? await authorization() : authorization);
    return { headers, session: IDENTITY_HEADERS.map((name) => sessionOf(headers.get(name) ?? '')).join(' ') };
  }

  private noAnswer(cause: TypeError): TypeError {
    const reasons = 'the network failed, it redirected, or it does not allow this page’s origin (CORS)';
    return new TypeError(`No answer from ${this.base.origin}: ${reasons}.`, { cause });
  }
}

/**
 * The login session in a token's claim `sid`, which stays the same after a refresh. Any other token is its own session.
 */
function sessionOf(authorization: string): string {
  try {
    const [, claims = ''] = authorization.split('.');
    const { sub, sid } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as Record<string, unknown>;
    return typeof sid === 'string' ? `${String(sub)} ${sid}` : authorization;
  } catch {
    return authorization;
  }
}

/**
 * Sets a header if it has a value. Its error does not show the value, unlike the platform's own error for a malformed
 * one.
 */
function setHeader(headers: Headers, name: string, value: string | null | undefined): void {
  if (value === null || value === undefined) return;
  try {
    headers.set(name, value);
  } catch {
    throw new TypeError(`The value for ${name} has characters that a header cannot hold.`);
  }
}

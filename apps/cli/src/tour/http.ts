import { ProgramError } from '#platform';

/** What is asked of an app; a plain object as body is a JSON:API document, URLSearchParams are a form. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With the query, from the app's base URL on. */
  readonly path: string;
  readonly body?: object;
  readonly token?: string | undefined;
  /** The value of X-MFA-Code. */
  readonly code?: string | undefined;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly text: string;
}

const TIMEOUT_MS = 30_000;

/** The headers that a request is sent with, beside those that every HTTP client sends. */
export function headersOf({ body, token, code, headers }: Request): Readonly<Record<string, string>> {
  return {
    ...(body && {
      'Content-Type':
        body instanceof URLSearchParams ? 'application/x-www-form-urlencoded' : 'application/vnd.api+json',
    }),
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    ...(code !== undefined && { 'X-MFA-Code': code }),
    ...headers,
  };
}

export function bodyOf({ body }: Request): string | undefined {
  if (!body) return undefined;
  return body instanceof URLSearchParams ? body.toString() : JSON.stringify(body);
}

/** @throws ProgramError with the hint when nothing answers */
export async function send(baseUrl: string, request: Request, hint: string): Promise<Answer> {
  const body = bodyOf(request);
  try {
    const response = await fetch(`${baseUrl}${request.path}`, {
      method: request.method,
      headers: headersOf(request),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body !== undefined && { body }),
    });
    const { status, statusText, headers } = response;
    return { status, statusText, headers, text: await response.text() };
  } catch (error) {
    const problem =
      (error as Error).name === 'TimeoutError' ? `No answer within ${TIMEOUT_MS / 1000} s from` : 'Nothing answers at';
    throw new ProgramError(`${problem} ${baseUrl}. ${hint}`);
  }
}

/** A response with its body, as sent and as JSON. */
export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly text: string;
  /** `any`, because tests read members of many documents. */
  readonly json: any;
}

export interface CallOptions {
  readonly token?: string | undefined;
  /** The value of the header X-MFA-Code. */
  readonly code?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Calls an app over HTTP, like a front end. */
export class ApiClient {
  constructor(readonly url: string) {}

  get = (path: string, options?: CallOptions): Promise<Answer> => this.call('GET', path, options);
  delete = (path: string, options?: CallOptions): Promise<Answer> => this.call('DELETE', path, options);

  post = (path: string, attributes: object, options: CallOptions = {}): Promise<Answer> =>
    this.call('POST', path, { body: documentOf(typeOf(path), attributes), ...options });

  patch = (path: string, attributes: object, options: CallOptions = {}): Promise<Answer> =>
    this.call('PATCH', path, { body: documentOf(typeOf(path, 1), attributes), ...options });

  form = (path: string, fields: Record<string, string>): Promise<Answer> =>
    this.call('POST', path, {
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

  async call(method: string, path: string, { token, code, headers, body }: CallOptions = {}): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/vnd.api+json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(code !== undefined && { 'x-mfa-code': code }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
      text,
      json: parsed(text),
    };
  }
}

/** The first error of a response in one line, such as `403 5900`; for a success its status. */
export function outcome({ status, json }: Answer): string {
  const [error] = (json?.errors ?? []) as { code?: string; detail: string }[];
  return error ? `${status} ${error.code ?? error.detail}` : String(status);
}

function documentOf(type: string, attributes: object): object {
  return { data: { type, attributes } };
}

/** The resource type of a path: the last segment, or the one before the id. */
function typeOf(path: string, ids = 0): string {
  const segments = path.split('?', 1)[0]!.split('/').filter(Boolean);
  return segments.at(segments.length > ids ? -1 - ids : -1)!;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

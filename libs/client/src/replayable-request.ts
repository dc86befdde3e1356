/** Requests that take an idempotency key: a repetition after a lost response must not create a second order. */
const IDEMPOTENT_BY_KEY = new Set(['POST checkout', 'POST order-payments']);
/**
 * Requests whose codes are valid for one method or purpose only. A value accepted elsewhere would count as a miss here.
 */
const OWN_CODE = new Set(
  ['trigger', 'type-verify', 'type-deactivate'].map((endpoint) => `POST multi-factor-auth-${endpoint}`),
);
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A request that can be sent more than once, because its body is already read. */
export class ReplayableRequest {
  readonly headers: Headers;
  readonly signal: AbortSignal;
  readonly isRead: boolean;

  private constructor(
    private readonly original: Request,
    private readonly body: ArrayBuffer | undefined,
    /** Method and resource type, such as `PATCH addresses`. */
    readonly kind: string,
  ) {
    this.headers = new Headers(original.headers);
    this.signal = original.signal;
    this.isRead = READS.has(original.method);
    if (IDEMPOTENT_BY_KEY.has(kind) && !this.headers.has('idempotency-key')) {
      this.headers.set('idempotency-key', crypto.randomUUID());
    }
  }

  /**
   * @param base ends with a slash; relative URLs are resolved against it
   * @throws TypeError if the URL has another origin, the body can be read only once, or `Request` refuses the arguments
   */
  static async from(
    base: URL,
    input: Parameters<typeof fetch>[0],
    init: RequestInit | undefined,
  ): Promise<ReplayableRequest> {
    const url = new URL(input instanceof Request ? input.url : input, base);
    if (url.origin !== base.origin) {
      throw new TypeError(`The request is for ${url.origin}, the API is at ${base.origin}: use fetch itself.`);
    }
    if (isStream(init?.body)) {
      throw new TypeError('A stream can be sent only once: give the body as text, bytes, a Blob or FormData.');
    }
    const original = new Request(input instanceof Request ? input : url, init);
    // Firefox does not say whether there is a body
    const hasBody = !/^(GET|HEAD)$/.test(original.method) && original.body !== null;
    const body = hasBody ? await original.arrayBuffer() : undefined;
    return new ReplayableRequest(original, body, `${original.method} ${resourceTypeOf(url, base)}`);
  }

  /** Whether the caller itself is responsible for the code. */
  get bringsCode(): boolean {
    return this.headers.has('x-mfa-code') || OWN_CODE.has(this.kind);
  }

  /** A copy to send. A redirect is an error, because browsers would send the code to another origin. */
  copy(headers: Headers): Request {
    const { redirect, referrer, referrerPolicy } = this.original;
    return new Request(this.original, {
      headers,
      ...(this.body && { body: this.body }),
      redirect: redirect === 'manual' ? 'manual' : 'error',
      referrer,
      referrerPolicy,
    });
  }
}

function isStream(body: unknown): boolean {
  return body instanceof ReadableStream || (typeof body === 'object' && body !== null && Symbol.asyncIterator in body);
}

/** Paths alternate types and ids (resources contract: section 3): `carts/{id}/items` is about items. */
function resourceTypeOf(url: URL, base: URL): string {
  const path = url.pathname.startsWith(base.pathname) ? url.pathname.slice(base.pathname.length) : url.pathname;
  const segments = path.split('/').filter(Boolean);
  return segments.filter((_segment, index) => index % 2 === 0).at(-1) ?? '';
}

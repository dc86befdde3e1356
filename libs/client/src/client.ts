import type { Answer, HttpMethod, Init, OperationOf, PathsWith } from './client.types.js';
import type { paths as StorefrontPaths } from './generated/storefront.js';

export interface ClientOptions {
  /** Where the API is, such as `https://api.shop.example`. */
  readonly baseUrl: string | URL;
  /** What sends: `createStepUpFetch(…)` for people with a second factor; default: the platform's. */
  readonly fetch?: typeof fetch;
}

/** Calls the operations of an OpenAPI document; `Paths` are its `paths` as openapi-typescript writes them. */
export type Client<Paths extends object = StorefrontPaths> = {
  readonly [Method in HttpMethod]: <Path extends PathsWith<Paths, Method>>(
    path: Path,
    ...init: Init<OperationOf<Paths, Path, Method>>
  ) => Promise<Answer<OperationOf<Paths, Path, Method>>>;
};

/** What a call is given, whichever it is. */
interface AnyInit {
  readonly params?: {
    readonly path?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly header?: Readonly<Record<string, string | undefined>>;
  };
  readonly body?: object;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: RequestInit['headers'];
  readonly signal?: AbortSignal;
}

/**
 * A client whose paths, parameters, documents and answers have types; default: those of the storefront.
 *
 * An answer of the API is `{ data, response }`, a refusal `{ error, response }`; what rejects is what `fetch` rejects with.
 */
export function createClient<Paths extends object = StorefrontPaths>(options: ClientOptions): Client<Paths> {
  const { baseUrl, fetch: send = fetch } = options;
  const base = String(baseUrl).replace(/\/+$/, '');
  const call =
    (method: HttpMethod) =>
    async (path: string, init: AnyInit = {}): Promise<{ data?: unknown; error?: unknown; response: Response }> => {
      const response = await send(`${base}${addressOf(path, init)}`, { method, ...requestOf(init) });
      const content = await contentOf(response);
      if (response.ok) return { data: content, response };
      return { error: content ?? { errors: [{ status: response.status, detail: response.statusText }] }, response };
    };
  return { GET: call('GET'), POST: call('POST'), PATCH: call('PATCH'), DELETE: call('DELETE') } as Client<Paths>;
}

/** @throws TypeError for a path that is not filled */
function addressOf(path: string, { params: { path: values = {}, query = {} } = {} }: AnyInit): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (!value) throw new TypeError(`The path ${path} needs a value for ${name}.`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.append(name, String(value));
  }
  return search.size > 0 ? `${filled}?${search.toString()}` : filled;
}

function requestOf({ params, body, form, headers: given, signal }: AnyInit): RequestInit {
  const headers = new Headers(given);
  for (const [name, value] of Object.entries(params?.header ?? {})) {
    if (value !== undefined) headers.set(name, value);
  }
  headers.set('accept', 'application/vnd.api+json, application/json');
  if (body) headers.set('content-type', 'application/vnd.api+json');
  return {
    headers,
    ...(signal && { signal }),
    ...(body && { body: JSON.stringify(body) }),
    ...(form && { body: new URLSearchParams(form) }),
  };
}

/** undefined for an answer without a body, and for what is no JSON, such as the page of a gateway in between. */
async function contentOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

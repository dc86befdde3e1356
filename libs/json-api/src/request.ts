/** What this library reads of a request; Fastify and Express both have it. */
export interface JsonApiHttpRequest {
  readonly method: string;
  readonly url: string;
  readonly protocol: string;
  readonly host?: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly params: Record<string, string | undefined>;
  readonly query: Record<string, unknown>;
  readonly body: unknown;
}

/** The one value of a header; of a repeated header the first. */
export function headerOf(request: Pick<JsonApiHttpRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

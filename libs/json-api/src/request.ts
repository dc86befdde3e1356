/** The members of a request that this library uses. Fastify and Express both have them. */
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

/** The value of a header. If the header is repeated, the first value. */
export function headerOf(request: Pick<JsonApiHttpRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** An answer of a page; redirects are not followed. */
export interface PageResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where a redirect leads. */
  readonly location: string | null;
  /** The text of `h1`. */
  readonly heading: string | undefined;
}

/** Calls pages over HTTP as a browser without scripts would: it keeps cookies, and says where a request comes from. */
export class PageClient {
  readonly cookies = new Map<string, string>();

  constructor(readonly url: string) {}

  get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<PageResponse> =>
    this.call(path, { headers });

  /** Sends a form of a page of the same origin. */
  post = (
    path: string,
    fields: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = { 'sec-fetch-site': 'same-origin' },
  ): Promise<PageResponse> => this.call(path, { method: 'POST', body: new URLSearchParams(fields), headers });

  /** A browser with the same cookies. */
  copy(): PageClient {
    const copy = new PageClient(this.url);
    for (const [name, value] of this.cookies) copy.cookies.set(name, value);
    return copy;
  }

  private async call(path: string, request: RequestInit): Promise<PageResponse> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(request.headers as Record<string, string>), ...(cookie && { cookie }) };
    const response = await fetch(`${this.url}${path}`, { ...request, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    const text = await response.text();
    const heading = /<h1[^>]*>([^<]*)<\/h1>/.exec(text)?.[1];
    return {
      status: response.status,
      headers: response.headers,
      text,
      location: response.headers.get('location'),
      heading,
    };
  }

  private keep(line: string): void {
    const [pair = ''] = line.split(';', 1);
    const [name = '', value = ''] = pair.split('=');
    if (value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

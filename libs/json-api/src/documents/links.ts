import { headerOf, type JsonApiHttpRequest } from '../request.js';

/** The parts of a request's URL as the client wrote it. The query is not encoded (contract: section 4, point 2). */
export interface RequestUrl {
  readonly base: string;
  readonly path: string;
  readonly query: string;
}

export function requestUrl(request: JsonApiHttpRequest, publicUrl?: string): RequestUrl {
  const host = request.host || headerOf(request, 'host') || 'localhost';
  const base = publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${host}`;
  const [path = '', query = ''] = split(request.url);
  return { base, path: path.replace(/(?<=.)\/+$/, ''), query: query && `?${decoded(query)}` };
}

/**
 * Links to other pages. Offsets are multiples of the limit; `prev` and `next` exist only if there is such a page. An
 * empty list has no links (contract: section 3.1). After the end of the list, `prev` is the last page.
 */
export function pageLinks(
  url: RequestUrl,
  { offset, limit, total }: { offset: number; limit: number; total: number },
): Record<string, string> {
  if (total === 0) return {};
  const last = (Math.ceil(total / limit) - 1) * limit;
  const previous = offset < total ? Math.max(0, offset - limit) : last;
  const link = (target: number): string => `${url.base}${url.path}${withPage(url.query, target, limit)}`;
  return {
    first: link(0),
    last: link(last),
    ...(offset > 0 && { prev: link(previous) }),
    ...(offset + limit < total && { next: link(offset + limit) }),
  };
}

function withPage(query: string, offset: number, limit: number): string {
  const others = query
    .slice(1)
    .split('&')
    .filter((part) => part && !part.startsWith('page['));
  return `?${[...others, `page[offset]=${offset}`, `page[limit]=${limit}`].join('&')}`;
}

function split(url: string): [string, string] {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}

function decoded(query: string): string {
  try {
    return decodeURIComponent(query);
  } catch {
    return query;
  }
}

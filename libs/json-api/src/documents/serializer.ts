import { ApiException } from '../errors/api-exception.js';
import { GENERIC_ERRORS } from '../errors/generic-errors.js';
import { MOST_LISTED } from '../query/list-bound.js';
import { parseFields } from '../query/list.js';
import type { JsonApiHttpRequest } from '../request.js';
import { pageLinks, type RequestUrl } from './links.js';
import { Collection, Resource, type CountedPage, type ResourceObject } from './resource.js';

export interface SerializerContext {
  readonly request: JsonApiHttpRequest;
  readonly url: RequestUrl;
  readonly nullId: 'keep' | 'omit';
}

type Json = Record<string, unknown>;

/**
 * Writes a response document: resources, links, relationships, included resources, sparse fieldsets.
 *
 * @throws ApiException 400 for a page beyond the limit of a long list
 */
export function serialize(answer: Resource | Collection, context: SerializerContext): Json {
  return answer instanceof Resource ? single(answer, context) : collection(answer, context);
}

function single({ data, options: { meta } }: Resource, context: SerializerContext): Json {
  const { url, request } = context;
  const created = request.method === 'POST' && data.id !== null;
  const self = `${url.base}${data.path ?? `${url.path}${created ? `/${data.id}` : ''}`}${url.query}`;
  return { data: resourceJson(data, self, context), ...included([data], context), ...(meta && { meta }) };
}

function collection({ data, options }: Collection, context: SerializerContext): Json {
  const { url } = context;
  const page = options.page && listed(options.page);
  const meta = { ...options.meta, ...page?.meta };
  const path = `${url.base}${url.path}`;
  const linkOf = ({ id, path: own }: ResourceObject): string => {
    if (own !== undefined) return `${url.base}${own}`;
    return id === null ? path : `${path}/${id}`;
  };
  return {
    data: data.map((one) => resourceJson(one, linkOf(one), context)),
    links: { self: `${path}${url.query}`, ...(page && pageLinks(url, page)) },
    ...included(data, context),
    ...(Object.keys(meta).length > 0 && { meta }),
  };
}

/**
 * Limits the page of a long list. If the list has more entries than can be paged to, the document says so, and a higher
 * offset is refused: an empty page would look like the end of the list.
 */
function listed({ most = MOST_LISTED, ...page }: CountedPage): CountedPage & { readonly meta?: Json } {
  if (page.total <= most) return page;
  if (page.offset >= most) throw new ApiException(GENERIC_ERRORS.pageTooDeep);
  return { ...page, total: most, meta: { page: { total: most, isTotalExact: false } } };
}

function resourceJson(resource: ResourceObject, self: string, context: SerializerContext): Json {
  const { type, id, attributes, related, meta } = resource;
  return {
    type,
    ...((id !== null || context.nullId === 'keep') && { id }),
    attributes: sparse(type, attributes, context.request),
    links: { self },
    ...(related && { relationships: relationships(related) }),
    ...(meta && { meta }),
  };
}

function relationships(related: NonNullable<ResourceObject['related']>): Json {
  const identifiers = (resources: readonly ResourceObject[]): Json => ({
    data: resources.map(({ type, id }) => ({ type, id })),
  });
  return Object.fromEntries(Object.entries(related).map(([name, resources]) => [name, identifiers(resources)]));
}

/** Every related resource once, at any depth. Resources with the same type and id but different paths are different. */
function included(data: readonly ResourceObject[], context: SerializerContext): Json {
  const found = new Map<string, Json>();
  const visit = (resource: ResourceObject): void => {
    for (const other of Object.values(resource.related ?? {}).flat()) {
      const path = other.path ?? `/${other.type}/${other.id}`;
      if (found.has(path)) continue;
      found.set(path, resourceJson(other, `${context.url.base}${path}`, context));
      visit(other);
    }
  };
  data.forEach(visit);
  return found.size > 0 ? { included: [...found.values()] } : {};
}

function sparse(type: string, attributes: object, request: JsonApiHttpRequest): object {
  const wanted = parseFields(request.query, type);
  return wanted ? Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted.has(name))) : attributes;
}

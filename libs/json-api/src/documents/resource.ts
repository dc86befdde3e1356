/** One resource as a controller returns it, with attributes as its class documents them; links are added on the way out. */
export interface ResourceObject<Attributes extends object = object> {
  readonly type: string;
  /** `null`: the resource has no id of its own. */
  readonly id: string | null;
  readonly attributes: Attributes;
  /** The path of its own link, when that is neither the request's path nor `/type/id`; segments are encoded. */
  readonly path?: string;
  /** Names of relationships with the resources they point to; those are written under `included`. */
  readonly related?: Readonly<Record<string, readonly ResourceObject[]>>;
  readonly meta?: object;
}

/** The answer with one resource. */
export class Resource {
  constructor(
    readonly data: ResourceObject,
    readonly options: {
      readonly meta?: object;
      /** The entity tag of the resource's state, without quotation marks; it becomes the header `ETag`. */
      readonly etag?: string;
    } = {},
  ) {}
}

/** A page of a list, in entries. */
export interface CountedPage {
  readonly offset: number;
  readonly limit: number;
  /** How many there are on all pages; what is above `most` says only that there are more. */
  readonly total: number;
  /** So many can be paged to; else `MOST_LISTED`. */
  readonly most?: number;
}

/** The answer with a list; `page` makes it a paginated one. */
export class Collection {
  constructor(
    readonly data: readonly ResourceObject[],
    readonly options: {
      readonly meta?: object;
      readonly page?: CountedPage;
    } = {},
  ) {}
}

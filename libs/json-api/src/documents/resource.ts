/** A resource as a controller returns it. Its class documents the attributes. The serializer adds links. */
export interface ResourceObject<Attributes extends object = object> {
  readonly type: string;
  /** `null` if the resource has no id of its own. */
  readonly id: string | null;
  readonly attributes: Attributes;
  /** The path of the resource's own link, if it is neither the request's path nor `/type/id`. Segments are encoded. */
  readonly path?: string;
  /** The resources of each relationship. They are written under `included`. */
  readonly related?: Readonly<Record<string, readonly ResourceObject[]>>;
  readonly meta?: object;
}

/** A response with one resource. */
export class Resource {
  constructor(
    readonly data: ResourceObject,
    readonly options: {
      readonly meta?: object;
      /** The entity tag of the resource's state, without quotation marks, for the header `ETag`. */
      readonly etag?: string;
    } = {},
  ) {}
}

/** A page of a list. Offset and limit are numbers of entries. */
export interface CountedPage {
  readonly offset: number;
  readonly limit: number;
  /** The number of entries on all pages. A number above `most` only means that there are more. */
  readonly total: number;
  /** The number of entries that can be paged to. Default: `MOST_LISTED`. */
  readonly most?: number;
}

/** A response with a list. With `page` it is paginated. */
export class Collection {
  constructor(
    readonly data: readonly ResourceObject[],
    readonly options: {
      readonly meta?: object;
      readonly page?: CountedPage;
    } = {},
  ) {}
}

/** One resource as a controller returns it; links are added on the way out. */
export interface ResourceObject {
  readonly type: string;
  /** `null`: the resource has no id of its own. */
  readonly id: string | null;
  readonly attributes: object;
  /** Names of relationships with the resources they point to; those are written under `included`. */
  readonly related?: Readonly<Record<string, readonly ResourceObject[]>>;
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** The answer with one resource. */
export class Resource {
  constructor(
    readonly data: ResourceObject,
    readonly meta?: Readonly<Record<string, unknown>>,
  ) {}
}

/** The answer with a list; `page` makes it a paginated one. */
export class Collection {
  constructor(
    readonly data: readonly ResourceObject[],
    readonly options: {
      readonly meta?: Readonly<Record<string, unknown>>;
      readonly page?: { readonly offset: number; readonly limit: number; readonly total: number };
    } = {},
  ) {}
}

import { SetMetadata } from '@nestjs/common';

/** A class of the attributes of a resource, as they are answered; `@ApiProperty` documents each. */
export type AttributesClass = new () => object;

export interface ApiResourceOptions {
  /** An example of its id; `null`: it has none of its own. */
  readonly id: string | null;
  /** The relationships that `include` can name, with the resources they point to. */
  readonly related?: Readonly<Record<string, () => AttributesClass>>;
  /** What `meta` says beside the attributes; each of its members may be absent. */
  readonly meta?: AttributesClass;
}

/** What is known of a resource beside its attributes. */
export interface DescribedResource extends ApiResourceOptions {
  readonly type: string;
}

const RESOURCE = Symbol('RESOURCE');

/** The resource whose attributes a class describes; the documentation makes the resource and its documents of it. */
export const ApiResource = (type: string, options: ApiResourceOptions): ClassDecorator =>
  SetMetadata(RESOURCE, { type, ...options } satisfies DescribedResource);

/** @throws TypeError for a class without `@ApiResource` */
export function resourceOf(attributesClass: AttributesClass): DescribedResource {
  const resource = Reflect.getMetadata(RESOURCE, attributesClass) as DescribedResource | undefined;
  if (!resource) throw new TypeError(`${attributesClass.name} needs @ApiResource.`);
  return resource;
}

import { SetMetadata } from '@nestjs/common';

/** A class of a resource's attributes in responses. `@ApiProperty` documents each one. */
export type AttributesClass = new () => object;

export interface ApiResourceOptions {
  /** An example of the id. `null` if the resource has no id of its own. */
  readonly id: string | null;
  /** The relationships that `include` can name, with the classes of their resources. */
  readonly related?: Readonly<Record<string, () => AttributesClass>>;
  /** The class of `meta`. All of its members are optional. */
  readonly meta?: AttributesClass;
}

/** The resource of a class, without its attributes. */
export interface DescribedResource extends ApiResourceOptions {
  readonly type: string;
}

const RESOURCE = Symbol('RESOURCE');

/**
 * Declares the resource whose attributes the class describes. The documentation builds the resource and its documents
 * from it.
 */
export const ApiResource = (type: string, options: ApiResourceOptions): ClassDecorator =>
  SetMetadata(RESOURCE, { type, ...options } satisfies DescribedResource);

/** @throws TypeError for a class without `@ApiResource` */
export function resourceOf(attributesClass: AttributesClass): DescribedResource {
  const resource = Reflect.getMetadata(RESOURCE, attributesClass) as DescribedResource | undefined;
  if (!resource) throw new TypeError(`${attributesClass.name} needs @ApiResource.`);
  return resource;
}

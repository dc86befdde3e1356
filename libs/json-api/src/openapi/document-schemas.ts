import { resourceOf, type AttributesClass } from './api-resource.decorator.js';
import { mapValues, type Components, type Schema } from './components.js';

const TEXT = { type: 'string' } as const;
const URI = { type: 'string', example: 'https://api.example.com/path-of-the-resource' } as const;

/** The schemas of JSON:API documents with the attributes of classes. */
export class DocumentSchemas {
  constructor(
    private readonly components: Components,
    /** Same as `JsonApiOptions.nullId`. */
    private readonly nullId: 'keep' | 'omit',
  ) {}

  /** The request document of a route. */
  request(type: string, attributesClass: AttributesClass, isTypeOptional: boolean): Schema {
    const attributes = this.components.referToClass(attributesClass);
    const required = isTypeOptional ? ['attributes'] : ['type', 'attributes'];
    const data = object({ type: { type: 'string', const: type }, attributes }, required);
    return this.components.refer(`${baseName(attributesClass)}Request`, () => object({ data }));
  }

  /** The response document with one resource. */
  single(attributesClass: AttributesClass): Schema {
    return this.components.refer(`${baseName(attributesClass)}Document`, () =>
      object({ data: this.resource(attributesClass), ...this.included(attributesClass) }, ['data']),
    );
  }

  /** The response document with a list. `isPaged`: it has links to other pages. */
  list(attributesClass: AttributesClass, isPaged: boolean, meta?: AttributesClass): Schema {
    return this.components.refer(`${baseName(attributesClass)}ListDocument`, () =>
      object(
        {
          data: { type: 'array', items: this.resource(attributesClass) },
          links: isPaged ? this.pageLinks() : this.links(),
          ...this.included(attributesClass),
          ...(isPaged && { meta: this.pageMeta() }),
          ...(meta && { meta: this.components.referToClass(meta) }),
        },
        ['data', 'links'],
      ),
    );
  }

  private resource(attributesClass: AttributesClass): Schema {
    const { type, id, related, meta } = resourceOf(attributesClass);
    const hasId = id !== null || this.nullId === 'keep';
    return this.components.refer(`${baseName(attributesClass)}Resource`, () =>
      object(
        {
          type: { type: 'string', const: type },
          ...(hasId && { id: id === null ? { type: 'null' } : { ...TEXT, example: id } }),
          attributes: this.components.referToClass(attributesClass),
          links: this.links(),
          ...(related && { relationships: this.relationships(related) }),
          ...(meta && { meta: this.components.referToClass(meta) }),
        },
        ['type', ...(hasId ? ['id'] : []), 'attributes', 'links'],
      ),
    );
  }

  /** Present only in documents whose request has `include`. */
  private relationships(related: Readonly<Record<string, () => AttributesClass>>): Schema {
    const identifiers = (attributesClass: AttributesClass): Schema => ({
      type: 'array',
      items: object({ type: { type: 'string', const: resourceOf(attributesClass).type }, id: TEXT }),
    });
    return object(
      mapValues(related, (one) => object({ data: identifiers(one()) })),
      [],
    );
  }

  private included(attributesClass: AttributesClass): { included?: Schema } {
    const classes = [...relatedTo(attributesClass)];
    if (classes.length === 0) return {};
    const resources = classes.map((one) => this.resource(one));
    return { included: { type: 'array', items: resources.length === 1 ? resources[0] : { anyOf: resources } } };
  }

  private links(): Schema {
    return this.components.refer('Links', () => object({ self: URI }));
  }

  private pageLinks(): Schema {
    return this.components.refer('PageLinks', () =>
      object({ self: URI, first: URI, last: URI, prev: URI, next: URI }, ['self']),
    );
  }

  private pageMeta(): Schema {
    return this.components.refer('PageMeta', () => ({
      ...object(
        {
          page: object({
            total: { type: 'integer', example: 10_000 },
            isTotalExact: { type: 'boolean', const: false },
          }),
        },
        [],
      ),
      description: 'Of a list that goes on behind the last page that can be asked for',
    }));
  }
}

/** An object schema. By default all members are required. */
export function object(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = Object.keys(properties),
): Schema {
  return { type: 'object', ...(required.length > 0 && { required }), properties };
}

/** `CreateAddressDto` → `CreateAddress` */
function baseName({ name }: AttributesClass): string {
  return name.replace(/Dto$/, '');
}

/** The classes of resources under `included`: related at any depth, each once. */
export function relatedTo(
  attributesClass: AttributesClass,
  found: Set<AttributesClass> = new Set(),
): Set<AttributesClass> {
  for (const one of Object.values(resourceOf(attributesClass).related ?? {})) {
    if (found.has(one())) continue;
    found.add(one());
    relatedTo(one(), found);
  }
  return found;
}

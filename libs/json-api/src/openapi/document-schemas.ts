import { resourceOf, type AttributesClass } from './api-resource.decorator.js';
import { mapValues, type Components, type Schema } from './components.js';

const TEXT = { type: 'string' } as const;
const URI = { type: 'string', example: 'https://api.example.com/path-of-the-resource' } as const;

/** The documents of JSON:API around the attributes of classes. */
export class DocumentSchemas {
  constructor(
    private readonly components: Components,
    /** As `JsonApiOptions.nullId`. */
    private readonly nullId: 'keep' | 'omit',
  ) {}

  /** The document that a route takes. */
  request(type: string, attributesClass: AttributesClass, isTypeOptional: boolean): Schema {
    const attributes = this.components.referToClass(attributesClass);
    const required = isTypeOptional ? ['attributes'] : ['type', 'attributes'];
    const data = object({ type: { type: 'string', const: type }, attributes }, required);
    return this.components.refer(`${baseName(attributesClass)}Request`, () => object({ data }));
  }

  /** The answer with one resource. */
  single(attributesClass: AttributesClass): Schema {
    return this.components.refer(`${baseName(attributesClass)}Document`, () =>
      object({ data: this.resource(attributesClass), ...this.included(attributesClass) }, ['data']),
    );
  }

  /** The answer with a list; `isPaged`: its links lead to other pages. */
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

  /** They stand in a document where `include` asks for them. */
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

/** An object whose members are all required where nothing else is said. */
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

/** The resources that stand under `included`: related at any depth, each once. */
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

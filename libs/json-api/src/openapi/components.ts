/** A JSON Schema (2020-12), as OpenAPI 3.1 writes it. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** The schemas of a document by name: each is written once, and referred to. */
export class Components {
  readonly schemas: Record<string, Schema>;

  /** @param known schemas of classes, as `@nestjs/swagger` made them */
  constructor(known: Readonly<Record<string, Schema>>) {
    this.schemas = { ...known };
  }

  /** A reference to a schema, which is made at its first mention. */
  refer(name: string, make: () => Schema): Schema {
    if (!(name in this.schemas)) {
      this.schemas[name] = {}; // it may mention itself
      this.schemas[name] = make();
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** A reference to the schema of a class. @throws TypeError for a class without a documented member */
  referToClass({ name }: { readonly name: string }): Schema {
    return this.refer(name, () => {
      throw new TypeError(`${name} has no schema: it needs @ApiProperty or a rule.`);
    });
  }

  /** A value that the schema describes, made of the examples of its members. */
  exampleOf(schema: Schema): unknown {
    const { $ref, example, anyOf, type, properties, items } = schema as ExampleSource;
    if ($ref !== undefined) return this.exampleOf(this.schemas[$ref.slice($ref.lastIndexOf('/') + 1)] ?? {});
    if (example !== undefined) return example;
    if ('const' in schema) return schema['const'];
    if (schema['enum']) return (schema['enum'] as unknown[])[0];
    if (anyOf?.[0]) return this.exampleOf(anyOf[0]);
    const [first] = [type].flat();
    if (first === 'array') return items ? [this.exampleOf(items)] : [];
    if (first === 'object') return mapValues(properties ?? {}, (one) => this.exampleOf(one));
    return first === 'null' ? null : undefined;
  }
}

interface ExampleSource {
  readonly $ref?: string;
  readonly example?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

export function mapValues<From, To>(
  values: Readonly<Record<string, From>>,
  map: (value: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value, name)]));
}

import { isDeepStrictEqual } from 'node:util';

/** A JSON Schema (2020-12), as OpenAPI 3.1 writes it. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** The schemas of a document by name. Each is written once and referenced elsewhere. */
export class Components {
  readonly schemas: Record<string, Schema>;
  private readonly underWay = new Set<string>();

  /** @param known the schemas of classes, as `@nestjs/swagger` has made them */
  constructor(known: Readonly<Record<string, Schema>>) {
    this.schemas = mapValues(known, withoutSingles) as Record<string, Schema>;
  }

  /**
   * Adds a schema and returns a reference to it.
   *
   * @throws TypeError if another schema has this name
   */
  refer(name: string, make: () => Schema): Schema {
    if (this.underWay.has(name)) return { $ref: `#/components/schemas/${name}` }; // the schema refers to itself
    this.underWay.add(name);
    const schema = make();
    this.underWay.delete(name);
    if (!isDeepStrictEqual(this.schemas[name] ?? schema, schema)) throw new TypeError(`Two schemas are named ${name}.`);
    this.schemas[name] = schema;
    return { $ref: `#/components/schemas/${name}` };
  }

  /**
   * Returns a reference to the schema of a class.
   *
   * @throws TypeError if the class has no documented member
   */
  referToClass({ name }: { readonly name: string }): Schema {
    if (!this.schemas[name]) throw new TypeError(`${name} has no schema: it needs @ApiProperty or a rule.`);
    return { $ref: `#/components/schemas/${name}` };
  }

  /** Builds an example value from the examples of the schema's members. */
  exampleOf(schema: Schema): unknown {
    const { $ref, example, anyOf, type, properties, items } = schema as ExampleSource;
    if ($ref !== undefined) return this.exampleOf(this.schemas[$ref.slice($ref.lastIndexOf('/') + 1)] ?? {});
    if (example !== undefined) return example;
    if ('const' in schema) return schema['const'];
    if (schema['enum']) return (schema['enum'] as unknown[])[0];
    if (anyOf?.[0]) return this.exampleOf(anyOf[0]);
    const [first] = [type].flat();
    if (first === 'array') return items ? [this.exampleOf(items)] : [];
    if (first === 'object') return this.exampleOfObject(properties ?? {});
    return first === 'null' ? null : undefined;
  }

  private exampleOfObject(properties: Readonly<Record<string, Schema>>): object {
    const shown = Object.entries(properties).filter(([name]) => !LEFT_OUT.has(name));
    return mapValues(Object.fromEntries(shown), (one) => this.exampleOf(one));
  }
}

/** Members of documents that exist only if a request asks for them. */
const LEFT_OUT = new Set(['relationships', 'included']);

interface ExampleSource {
  readonly $ref?: string;
  readonly example?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Simplifies `allOf` lists with one member: `@nestjs/swagger` writes them for a reference with other keywords. */
function withoutSingles(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutSingles);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { allOf, ...others } = mapValues(schema as Schema, withoutSingles);
  if (!Array.isArray(allOf)) return others;
  return allOf.length === 1 ? { ...(allOf[0] as Schema), ...others } : { ...others, allOf };
}

export function mapValues<From, To>(
  values: Readonly<Record<string, From>>,
  map: (value: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value, name)]));
}

/** The same values in the order of their names. */
export function sorted<T>(values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

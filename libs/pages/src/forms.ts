import type { Code } from '#mfa';

/** What was typed into a form of a page. */
export class PageForm {
  private readonly fields: ReadonlyMap<string, readonly string[]>;

  constructor(fields: Iterable<readonly [name: string, texts: readonly string[]]> = []) {
    this.fields = new Map(fields);
  }

  /** @param body as it was parsed: fields with one text or several */
  static of(body: unknown): PageForm {
    const pairs = Object.entries(typeof body === 'object' && body !== null ? body : {});
    return new PageForm(
      pairs.map(([name, value]) => [name, [value].flat().filter((one): one is string => typeof one === 'string')]),
    );
  }

  /** A field's text; empty where there is none. Of several of a name the first counts. */
  text(name: string): string {
    return this.fields.get(name)?.[0] ?? '';
  }

  /** All texts of a name, such as those of ticked boxes. */
  texts(name: string): readonly string[] {
    return this.fields.get(name) ?? [];
  }

  /** The fields of these names, as a service takes them. */
  plain(...names: readonly string[]): Readonly<Record<string, string>> {
    return Object.fromEntries(names.map((name) => [name, this.text(name)]));
  }

  /** A code as people type or paste it, without the blanks in it; undefined: none was typed. */
  get code(): Code | undefined {
    const code = this.text('code').replace(/\s/g, '');
    return code === '' ? undefined : (code as Code);
  }

  without(names: readonly string[]): PageForm {
    return new PageForm([...this.fields].filter(([name]) => !names.includes(name)));
  }

  /** This form, with the fields of another one that it has not. */
  with(other: PageForm): PageForm {
    return new PageForm([...other.fields, ...this.fields]);
  }

  entries(): readonly (readonly [name: string, texts: readonly string[]])[] {
    return [...this.fields];
  }
}

import { JSON_API_MEDIA_TYPE } from '../content-type.js';
import type { ApiErrorRow, BareError } from '../errors/api-error.js';
import { errorDocument, type ErrorDocumentOptions } from '../errors/error-document.js';
import type { Components, Schema } from './components.js';
import { object } from './document-schemas.js';

type Examples = Readonly<Record<string, { readonly value: object }>>;
type Contents = Readonly<Record<string, { readonly schema: Schema; readonly examples: Examples }>>;

/** One status among the responses of an OpenAPI operation. */
export interface ErrorResponse {
  readonly description: string;
  readonly content: Contents;
}

/** Documents errors: a schema for each status and code, and an example of each text. */
export class ErrorResponses {
  /** The texts of each error, for its schema. */
  private readonly texts = new Map<string, string[]>();

  constructor(
    private readonly components: Components,
    private readonly options: ErrorDocumentOptions,
  ) {}

  /** An answer for each status. */
  byStatus(rows: readonly ApiErrorRow[], bare: readonly BareError[] = []): Record<string, ErrorResponse> {
    const statuses = [...new Set([...rows, ...bare].map(({ status }) => status))].toSorted((a, b) => a - b);
    const ofStatus = (status: number) => (row: { readonly status: number }) => row.status === status;
    return Object.fromEntries(
      statuses.map((status) => [
        String(status),
        this.response(rows.filter(ofStatus(status)), bare.filter(ofStatus(status))),
      ]),
    );
  }

  response(rows: readonly ApiErrorRow[], bare: readonly BareError[] = []): ErrorResponse {
    const documents = Object.fromEntries(
      rows.map((row) => [labelOf(row), { value: errorDocument([row], this.options) }]),
    );
    const arrays = Object.fromEntries(bare.map((row) => [`${row.code} ${row.message}`, { value: [row] }]));
    return {
      description: Object.keys({ ...documents, ...arrays }).join(' · '),
      content: {
        ...contentOf(
          JSON_API_MEDIA_TYPE,
          rows.map((row) => this.documentOf(row)),
          documents,
        ),
        ...contentOf(
          'application/json',
          bare.map((row) => this.arrayOf(row)),
          arrays,
        ),
      },
    };
  }

  private documentOf({ status, code, detail }: ApiErrorRow): Schema {
    const name = code === undefined ? `Error${status}` : `Error${status}_${code}`;
    const text = { type: 'string', examples: this.textsOf(name, detail) };
    const error = object({
      status: { type: 'integer', const: status },
      ...(code !== undefined && { code: { type: 'string', const: code } }),
      detail: text,
      ...(this.options.withMessage && { message: text }),
      ...(status >= 500 && { meta: object({ requestId: { type: 'string' } }) }),
    });
    return this.components.refer(name, () => object({ errors: { type: 'array', minItems: 1, items: error } }));
  }

  private arrayOf({ status, code, message }: BareError): Schema {
    const name = `Error${status}_${code}`;
    const error = object({
      status: { type: 'integer', const: status },
      code: { type: 'string', const: code },
      message: { type: 'string', examples: this.textsOf(name, message) },
    });
    return this.components.refer(name, () => ({ type: 'array', minItems: 1, maxItems: 1, items: error }));
  }

  /** One list for all who mention the error: it grows until the document is written. */
  private textsOf(name: string, text: string): string[] {
    const texts = this.texts.get(name) ?? [];
    this.texts.set(name, texts);
    if (!texts.includes(text)) texts.push(text);
    return texts;
  }
}

function contentOf(mediaType: string, schemas: readonly Schema[], examples: Examples): Contents {
  if (schemas.length === 0) return {};
  const distinct = [...new Map(schemas.map((schema) => [schema['$ref'], schema])).values()];
  return { [mediaType]: { schema: distinct.length === 1 ? distinct[0]! : { anyOf: distinct }, examples } };
}

function labelOf({ code, detail }: ApiErrorRow): string {
  return [code, detail].filter(Boolean).join(' ');
}

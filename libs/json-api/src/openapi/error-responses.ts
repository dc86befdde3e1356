import { JSON_API_MEDIA_TYPE } from '../content-type.js';
import type { ApiErrorRow, BareError } from '../errors/api-error.js';
import { errorDocument, type ErrorDocumentOptions } from '../errors/error-document.js';
import type { Components, Schema } from './components.js';
import { object } from './document-schemas.js';

type Examples = Readonly<Record<string, { readonly value: object }>>;
type Contents = Readonly<Record<string, { readonly schema: Schema; readonly examples: Examples }>>;

const EXAMPLE_REQUEST_ID = '253c9841-caf5-43a2-8dc7-9ab70a2cbef3';

/** The response of one status in an OpenAPI operation. */
export interface ErrorResponse {
  readonly description: string;
  readonly content: Contents;
}

/** Documents errors: a schema for each status and code, and an example for each text. */
export class ErrorResponses {
  /** The texts of each error, for its schema. */
  private readonly texts = new Map<string, string[]>();

  constructor(
    private readonly components: Components,
    private readonly options: ErrorDocumentOptions,
  ) {}

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

  /** A response with one or more of the errors, because a request can be wrong in several ways. */
  response(rows: readonly ApiErrorRow[], bare: readonly BareError[] = []): ErrorResponse {
    const documents = Object.fromEntries(rows.map((row) => [labelOf(row), { value: this.exampleOf(row) }]));
    const arrays = Object.fromEntries(bare.map((row) => [`${row.code} ${row.message}`, { value: [row] }]));
    const errors = oneOrMore(rows.map((row) => this.schemaOf(row)));
    const bareErrors = oneOrMore(bare.map((row) => this.bareSchemaOf(row)));
    return {
      description: Object.keys({ ...documents, ...arrays }).join(' · '),
      content: {
        ...(errors && { [JSON_API_MEDIA_TYPE]: { schema: object({ errors }), examples: documents } }),
        ...(bareErrors && { 'application/json': { schema: bareErrors, examples: arrays } }),
      },
    };
  }

  private exampleOf(row: ApiErrorRow): object {
    return errorDocument([row], { ...this.options, ...(row.status >= 500 && { requestId: EXAMPLE_REQUEST_ID }) });
  }

  private schemaOf({ status, code, detail }: ApiErrorRow): Schema {
    const name = code === undefined ? `Error${status}` : `Error${status}_${code}`;
    const text = { type: 'string', examples: this.textsOf(name, detail) };
    const error = object({
      status: { type: 'integer', const: status },
      ...(code !== undefined && { code: { type: 'string', const: code } }),
      detail: text,
      ...(this.options.withMessage && { message: text }),
      ...(status >= 500 && { meta: object({ requestId: { type: 'string' } }) }),
    });
    return this.components.refer(name, () => error);
  }

  private bareSchemaOf({ status, code, message }: BareError): Schema {
    const name = `Error${status}_${code}`;
    const error = object({
      status: { type: 'integer', const: status },
      code: { type: 'string', const: code },
      message: { type: 'string', examples: this.textsOf(name, message) },
    });
    return this.components.refer(name, () => error);
  }

  /** One list for all schemas with this error. It grows until the document is written. */
  private textsOf(name: string, text: string): string[] {
    const texts = this.texts.get(name) ?? [];
    this.texts.set(name, texts);
    if (!texts.includes(text)) texts.push(text);
    return texts;
  }
}

/** The schema of a list of these errors, or undefined if there are none. */
function oneOrMore(errors: readonly Schema[]): Schema | undefined {
  const [first, ...others] = new Map(errors.map((schema) => [schema['$ref'], schema])).values();
  const items = others.length === 0 ? first : { anyOf: [first, ...others] };
  return items && { type: 'array', minItems: 1, items };
}

function labelOf({ code, detail }: ApiErrorRow): string {
  return [code, detail].filter(Boolean).join(' ');
}

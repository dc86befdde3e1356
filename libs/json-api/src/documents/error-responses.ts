import { JSON_API_MEDIA_TYPE } from '../content-type.js';
import type { ApiErrorRow, BareError } from '../errors/api-error.js';
import { errorDocument } from '../errors/error-document.js';

type Examples = Readonly<Record<string, { readonly value: object }>>;

/** One status among the responses of an OpenAPI operation. */
export interface ErrorResponse {
  readonly status: number;
  readonly description: string;
  readonly content: Readonly<Record<string, object>>;
}

/** Documents errors: an answer for each status, an example for each row. */
export function errorResponses(rows: readonly ApiErrorRow[], bare: readonly BareError[] = []): ErrorResponse[] {
  const statuses = [...new Set([...rows, ...bare].map(({ status }) => status))].toSorted((a, b) => a - b);
  const ofStatus = (status: number) => (row: { readonly status: number }) => row.status === status;
  return statuses.map((status) => errorResponse(status, rows.filter(ofStatus(status)), bare.filter(ofStatus(status))));
}

function errorResponse(status: number, rows: readonly ApiErrorRow[], bare: readonly BareError[]): ErrorResponse {
  const documents = Object.fromEntries(rows.map((row) => [labelOf(row), { value: errorDocument([row]) }]));
  const arrays = Object.fromEntries(bare.map((row) => [`${row.code} ${row.message}`, { value: [row] }]));
  return {
    status,
    description: Object.keys({ ...documents, ...arrays }).join(' · '),
    content: {
      ...contentOf(JSON_API_MEDIA_TYPE, { type: 'object' }, documents),
      ...contentOf('application/json', { type: 'array', items: { type: 'object' } }, arrays),
    },
  };
}

function contentOf(mediaType: string, schema: object, examples: Examples): Record<string, object> {
  return Object.keys(examples).length > 0 ? { [mediaType]: { schema, examples } } : {};
}

function labelOf({ code, detail }: ApiErrorRow): string {
  return [code, detail].filter(Boolean).join(' ');
}

import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { JSON_API_MEDIA_TYPE } from '../content-type.js';
import type { ApiErrorRow } from '../errors/api-error.js';
import { errorDocument } from '../errors/error-document.js';

/** Documents the errors of a route: an answer for each status, an example for each row. */
export function ApiErrors(rows: readonly ApiErrorRow[]): MethodDecorator {
  const statuses = [...new Set(rows.map(({ status }) => status))].toSorted((a, b) => a - b);
  return applyDecorators(...statuses.map((status) => errorsOf(status, rows)));
}

function errorsOf(status: number, all: readonly ApiErrorRow[]): MethodDecorator {
  const rows = [...new Map(all.filter((row) => row.status === status).map((row) => [labelOf(row), row])).values()];
  const examples = rows.map((row) => [labelOf(row), { value: errorDocument([row]) }]);
  return ApiResponse({
    status,
    description: rows.map(labelOf).join(' · '),
    content: { [JSON_API_MEDIA_TYPE]: { schema: { type: 'object' }, examples: Object.fromEntries(examples) } },
  });
}

function labelOf({ code, detail }: ApiErrorRow): string {
  return [code, detail].filter(Boolean).join(' ');
}

import { ApiResponse } from '@nestjs/swagger';
import { JSON_API_MEDIA_TYPE } from '../content-type.js';
import type { ResourceObject } from './resource.js';

/** The document of an answer, without its links. */
interface AnsweredDocument {
  readonly data: ResourceObject | readonly ResourceObject[];
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** Documents the document that a route answers, by an example of its resource or of its list. */
export function ApiAnswer(
  status: 200 | 201,
  description: string,
  { data, meta }: AnsweredDocument,
  headers: Readonly<Record<string, { description: string }>> = {},
): MethodDecorator {
  return ApiResponse({
    status,
    description,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, header]) => [name, { ...header, schema: { type: 'string' } }]),
    ),
    content: { [JSON_API_MEDIA_TYPE]: { schema: { type: 'object' }, example: { data, ...(meta && { meta }) } } },
  });
}

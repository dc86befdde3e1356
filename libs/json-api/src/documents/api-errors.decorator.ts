import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { ApiErrorRow, BareError } from '../errors/api-error.js';
import { errorResponses } from './error-responses.js';

/** Documents the errors of a route: an answer for each status, an example for each row. */
export function ApiErrors(rows: readonly ApiErrorRow[], bare: readonly BareError[] = []): MethodDecorator {
  return applyDecorators(...errorResponses(rows, bare).map((response) => ApiResponse(response)));
}

import { errorCodeOf, memberAt, methodStatusOf } from './answer-body.js';
import type { Answer } from './http.js';

/** What the contract promises about an answer. */
export interface Promised {
  readonly status: number;
  /** Of the first error; an answer without this promise has no error code. */
  readonly code?: string;
  /** JSON:API if not said; a 204 has none. */
  readonly contentType?: string;
  /** Statuses in the list of methods, by method. */
  readonly methods?: Readonly<Record<string, number>>;
  /** Members of the document, by their paths: `data.0.id`; of a list, -1 is the last. */
  readonly members?: Readonly<Record<string, string | number | boolean | null>>;
}

interface Aspect {
  readonly name: string;
  readonly expected: string;
  readonly received: string;
}

export const DONE: Promised = { status: 204 };
export const OK: Promised = { status: 200 };
export const CREATED: Promised = { status: 201 };
export const CODE_MISSING: Promised = { status: 403, code: '5900' };
export const CODE_INVALID: Promised = { status: 403, code: '5901' };
export const MFA_MISSING: Promised = { status: 403, code: '5913' };
export const SESSION_ENDED: Promised = { status: 401, code: '001' };

/** A line for each aspect of the answer that is not as promised. */
export function differences(promised: Promised, answer: Answer): readonly string[] {
  return aspectsOf(promised, answer)
    .filter(({ expected, received }) => expected !== received)
    .map(({ name, expected, received }) => `  ${name}: expected ${expected}, received ${received}`);
}

/** The promise in words: `403, code 5901`. */
export function inWords({ status, code, methods = {}, members = {} }: Promised): string {
  const statuses = Object.entries(methods).map(([method, expected]) => `${method} has status ${expected}`);
  const values = Object.entries(members).map(([path, expected]) => `${path} is ${JSON.stringify(expected)}`);
  return [String(status), ...(code ? [`code ${code}`] : []), ...statuses, ...values].join(', ');
}

function aspectsOf(promised: Promised, answer: Answer): readonly Aspect[] {
  const { status, code = 'none', contentType = 'application/vnd.api+json', methods = {}, members = {} } = promised;
  return [
    { name: 'status', expected: String(status), received: String(answer.status) },
    { name: 'code', expected: code, received: errorCodeOf(answer) ?? 'none' },
    {
      name: 'content type',
      expected: status === 204 ? 'none' : contentType,
      received: answer.headers.get('content-type') ?? 'none',
    },
    ...Object.entries(methods).map(([method, expected]) => ({
      name: `status of ${method}`,
      expected: String(expected),
      received: String(methodStatusOf(answer, method) ?? 'none'),
    })),
    ...Object.entries(members).map(([path, expected]) => ({
      name: path,
      expected: JSON.stringify(expected),
      received: JSON.stringify(memberAt(answer, path)) ?? 'none',
    })),
  ];
}

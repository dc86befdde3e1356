/** The error codes of the API that this package handles (MFA contract: section 2). */
export const CODE = {
  missing: '5900',
  invalid: '5901',
  locked: '5911',
  sendLimit: '5912',
  setUpRequired: '5913',
} as const;

/** An error of the API. `message` is its text, such as "X-MFA-Code is invalid.". */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** The HTTP status. */
    readonly status: number,
    /** The API's error code, such as `5912`. Undefined if the response has none. */
    readonly code: string | undefined,
    message: string,
    /** Seconds to wait, from the header `Retry-After` of 5911 and 5912. */
    readonly retryAfter: number | undefined,
  ) {
    super(message);
  }
}

/**
 * The person did not enter a code or set up MFA, so the request was not carried out. `cause` is the callback's error.
 */
export class StepUpCancelled extends Error {
  override readonly name = 'StepUpCancelled';
}

/**
 * Reads a response's error, but not the body of the response itself.
 *
 * @returns undefined for a success
 */
export async function errorOf(response: Response): Promise<ApiError | undefined> {
  if (response.status < 400) return undefined;
  const retryAfter = response.headers.get('retry-after');
  const document: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  const { code, detail } = firstError(document);
  return new ApiError(
    response.status,
    typeof code === 'string' ? code : undefined,
    typeof detail === 'string' ? detail : `The API answered ${response.status}.`,
    retryAfter === null ? undefined : Number(retryAfter),
  );
}

function firstError(document: unknown): { readonly code?: unknown; readonly detail?: unknown } {
  const { errors } = Object(document) as { errors?: unknown };
  return Object(Array.isArray(errors) ? errors[0] : undefined) as object;
}

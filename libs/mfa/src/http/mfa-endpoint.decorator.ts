import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiRoute, ResourceType, type RouteAnswer } from '#json-api';
import { MFA_ERRORS, type MfaErrorName } from '../core/mfa-errors.js';

/** Metadata key of the five endpoints. */
export const MFA_ENDPOINT = Symbol('MFA_ENDPOINT');

/** The errors for a token without an account. An application uses one of the two. */
const ERRORS_OF_LIST = [MFA_ERRORS.noCustomerIdentifier, MFA_ERRORS.noUserIdentifier];
const ERRORS_OF_CHANGES = [MFA_ERRORS.customerNotFound, MFA_ERRORS.userNotFound];

interface Endpoint {
  readonly summary: string;
  /** In the order in which they are checked. Absent for the list. */
  readonly errors?: readonly MfaErrorName[];
  readonly answer: RouteAnswer | readonly RouteAnswer[];
}

/** Resource type and documentation of one of the five endpoints. */
export function MfaEndpoint(type: string, { summary, errors, answer }: Endpoint): MethodDecorator {
  return applyDecorators(
    ResourceType(type),
    SetMetadata(MFA_ENDPOINT, true),
    ApiRoute(
      {
        summary,
        answer,
        hasOwnRules: true,
        ...(errors?.includes('codeMissing') && { headers: { 'X-MFA-Code': '123456' } }),
        errors: errors ? [...ERRORS_OF_CHANGES, ...errors.map((name) => MFA_ERRORS[name])] : ERRORS_OF_LIST,
      },
      [{ security: ['bearer'], errors: [] }],
    ),
  );
}

/** A successful change whose response has no content. */
export const DONE = {
  status: 204,
  description: 'Done; a code is on its way where the method sends codes',
} as const satisfies RouteAnswer;

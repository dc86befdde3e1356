import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiAnswer, ApiDocument, ApiErrors, GENERIC_ERRORS, ResourceType } from '#json-api';
import { MFA_ERRORS, type MfaErrorName } from '../core/mfa-errors.js';

/** Metadata key of the five endpoints. */
export const MFA_ENDPOINT = Symbol('MFA_ENDPOINT');

/** A name for the documentation's examples; nothing is decided by it. */
const EXAMPLE_METHOD = 'email';

/** When a grant ends and from when on a policy asks for a method, in the same examples. */
const EXAMPLE_META = {
  grantExpiresAt: '2026-11-02T10:30:00.000Z',
  policies: [{ requiredFrom: '2026-12-01T00:00:00.000Z', methods: [EXAMPLE_METHOD] }],
};

const LIST_DESCRIPTION = [
  '0 disabled, 1 activation in progress, 2 enabled',
  'meta.grantExpiresAt while a grant is alive: until when',
  'meta.policies where policies ask for a second factor: from when on, and the methods of which one must be enabled',
].join('; ');

/** Answers to a token without an account: one of the two, by the words of the application. */
const ERRORS_OF_LIST = [MFA_ERRORS.noCustomerIdentifier, MFA_ERRORS.noUserIdentifier];
const ERRORS_OF_CHANGES = [
  ...[GENERIC_ERRORS.invalidType, GENERIC_ERRORS.invalidDocument],
  ...[MFA_ERRORS.customerNotFound, MFA_ERRORS.userNotFound],
];

/** What is handed out, by the resource that may do so. */
const HANDED_OUT: Readonly<Record<string, { readonly description: string; readonly attributes: object }>> = {
  'multi-factor-auth-type-activate': {
    description: 'What the method hands out, shown once: a secret with its URI and QR code, or recovery codes',
    attributes: {
      secret: 'OGZPJ5DUKVXCQ4WZ3LRY6AEB7HMTN2FS',
      uri: 'otpauth://totp/Sallyport:ada.kessler%40harborsupply.example?issuer=Sallyport&secret=OGZPJ5DUKVXCQ4WZ3LRY6AEB7HMTN2FS&algorithm=SHA1&digits=6&period=30',
      qrCode: 'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=',
      expiresAt: '2026-11-02T10:10:00.000Z',
    },
  },
};

/** Type and documentation of one of the five endpoints; `errors` in the order in which they are checked. */
export function MfaEndpoint(type: string, summary: string, errors: readonly MfaErrorName[]): MethodDecorator {
  const handedOut = HANDED_OUT[type];
  const isList = errors.length === 0;
  return applyDecorators(
    ResourceType(type),
    SetMetadata(MFA_ENDPOINT, true),
    ApiTags('multi-factor authentication'),
    ApiBearerAuth(),
    ApiOperation({ summary }),
    ...(isList ? [] : [ApiDocument(type, { type: EXAMPLE_METHOD })]),
    ...(errors.includes('codeMissing') ? [ApiHeader({ name: 'X-MFA-Code', example: '123456', required: false })] : []),
    isList
      ? ApiAnswer(200, LIST_DESCRIPTION, {
          data: [{ type, id: null, attributes: { type: EXAMPLE_METHOD, status: 2 } }],
          meta: EXAMPLE_META,
        })
      : ApiResponse({ status: 204, description: 'Done; a code is on its way where the method sends codes' }),
    ...(handedOut
      ? [
          ApiAnswer(201, handedOut.description, {
            data: { type, id: null, attributes: { type: EXAMPLE_METHOD, ...handedOut.attributes } },
          }),
        ]
      : []),
    ApiErrors([...(isList ? ERRORS_OF_LIST : ERRORS_OF_CHANGES), ...errors.map((name) => MFA_ERRORS[name])]),
  );
}

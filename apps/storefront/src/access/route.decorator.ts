import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { AUTH_ERRORS } from '#auth';
import {
  ApiAnswer,
  ApiDocument,
  ApiErrors,
  GENERIC_ERRORS,
  violation,
  type ApiErrorRow,
  type ResourceObject,
} from '#json-api';
import { MFA_ERRORS } from '#mfa';
import { PUBLIC } from '#platform';
import { ACCESS_ERRORS } from './access.errors.js';

/**
 * Who may call a route: everybody; a customer by token; a guest by `X-Anonymous-Customer-Unique-Id`; either of the two;
 * an agent by one of the two headers; whoever has a token.
 */
export type Access = 'public' | 'customer' | 'guest' | 'customer-or-guest' | 'agent' | 'account';

/** Metadata key of who may call a route. */
export const ACCESS = Symbol('ACCESS');

/** What a route needs and what it answers; all of it but `access` is documentation. */
export interface RouteOptions {
  readonly access: Access;
  readonly summary: string;
  /** The resource of an example request. */
  readonly request?: { readonly type: string; readonly attributes: object };
  /** Without it the answer is 204. */
  readonly answer?: {
    readonly status: 200 | 201;
    readonly description: string;
    readonly data: ResourceObject | readonly ResourceObject[];
  };
  /** Query parameters by name, with an example. */
  readonly query?: Readonly<Record<string, string>>;
  /** Further request headers by name, with an example. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer carries an entity tag. */
  readonly etag?: boolean;
  /** Wrong attributes are answered by the route's own errors instead of 901. */
  readonly hasOwnRules?: boolean;
  /** The writes of this resource are protected unless the configuration says otherwise. */
  readonly mfa?: boolean;
  /** The route's own errors; those of tokens, documents and codes are added. */
  readonly errors?: readonly ApiErrorRow[];
}

const PUBLIC_ACCESS: ReadonlySet<Access> = new Set(['public', 'guest', 'customer-or-guest', 'agent']);

const { invalidAccessToken, missingAccessToken, invalidAgentToken, agentOnly, twoIdentities } = AUTH_ERRORS;

const ERRORS_OF_ACCESS: Readonly<Record<Access, readonly ApiErrorRow[]>> = {
  public: [],
  customer: [missingAccessToken, ACCESS_ERRORS.notCustomer],
  guest: [ACCESS_ERRORS.missingGuestId],
  'customer-or-guest': [ACCESS_ERRORS.notCustomer],
  agent: [agentOnly],
  account: [missingAccessToken],
};

const HEADERS_OF_ACCESS: Readonly<Partial<Record<Access, string>>> = {
  guest: 'X-Anonymous-Customer-Unique-Id',
  'customer-or-guest': 'X-Anonymous-Customer-Unique-Id',
  agent: 'X-Agent-Authorization',
};

/** Tokens that a request has are judged on every route, also on public ones. */
const ERRORS_OF_TOKENS = [twoIdentities, invalidAgentToken, invalidAccessToken];

const ERRORS_OF_DOCUMENT = [GENERIC_ERRORS.invalidType, GENERIC_ERRORS.invalidDocument];
const ERRORS_OF_ATTRIBUTES = [violation('attribute', 'This value should not be blank.')];

const { codeMissing, codeInvalid, locked, setupRequired } = MFA_ERRORS;

/** The one decorator of a route: who may call it, and its documentation. */
export function Route(options: RouteOptions): MethodDecorator {
  const { access, summary, request, answer, etag, query, mfa = false, hasOwnRules = false, errors = [] } = options;
  return applyDecorators(
    SetMetadata(ACCESS, access),
    SetMetadata(PUBLIC, PUBLIC_ACCESS.has(access)),
    ApiOperation({ summary }),
    ...(access === 'public' || access === 'guest' ? [] : [ApiBearerAuth()]),
    ...parametersOf(options),
    ...(request ? [ApiDocument(request.type, request.attributes)] : []),
    answer
      ? ApiAnswer(answer.status, answer.description, answer.data, etag ? { ETag: { description: 'entity tag' } } : {})
      : applyDecorators(HttpCode(204), ApiResponse({ status: 204, description: 'Done' })),
    ApiErrors([
      ...ERRORS_OF_TOKENS,
      ...ERRORS_OF_ACCESS[access],
      ...(query?.['page[offset]'] === undefined ? [] : [GENERIC_ERRORS.invalidPagination]),
      ...(mfa ? [codeMissing, codeInvalid, locked, setupRequired] : []),
      ...(request ? ERRORS_OF_DOCUMENT : []),
      ...(request && !hasOwnRules ? ERRORS_OF_ATTRIBUTES : []),
      ...errors,
    ]),
  );
}

function parametersOf({ access, query = {}, headers = {}, mfa }: RouteOptions): MethodDecorator[] {
  const guestHeader = HEADERS_OF_ACCESS[access];
  const all = {
    ...(mfa && { 'X-MFA-Code': '123456' }),
    ...(guestHeader && {
      [guestHeader]: access === 'agent' ? 'Bearer <agent token>' : '6a1c0d1e-3a53-4b2c-9d0f-7f3c1b9e5a42',
    }),
    ...headers,
  };
  return [
    ...Object.entries(all).map(([name, example]) => ApiHeader({ name, required: access === 'guest', example })),
    ...Object.entries(query).map(([name, example]) =>
      ApiQuery({ name, required: false, schema: { type: 'string', example } }),
    ),
  ];
}

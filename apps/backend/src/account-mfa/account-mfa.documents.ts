import { applyDecorators, UseGuards } from '@nestjs/common';
import { Collection, DeletesWithDocument, GENERIC_ERRORS, type ApiErrorRow, type ResourceObject } from '#json-api';
import { MFA_ERRORS } from '#mfa';
import { Route } from '../access/route.decorator.js';
import type { AccountMfa } from './account-mfa.service.js';
import { AccountMethodDto, AccountMethodsMetaDto } from './dto/account-method.dto.js';
import { MissingMethodGuard } from './missing-method.guard.js';

/** The resource type. The library serves its own endpoints of the same type. */
export const TYPE = 'multi-factor-auth-types';

/** An example for the documentation only. */
const EXAMPLE_METHOD = 'some-method';

const RESET =
  'With resetPassword the password is void too, all sessions end, and the person is mailed a key for a new one';

interface AccountRoute {
  /** The owner of the methods, for the summary. */
  readonly whose: string;
  /** The path parameter for the account, with an example. */
  readonly ids: Readonly<Record<string, string>>;
  readonly notFound: ApiErrorRow;
  readonly errors?: readonly ApiErrorRow[];
}

export function ListRoute({ whose, ids, notFound }: AccountRoute): MethodDecorator {
  return Route({
    access: 'administrator',
    summary: `The methods offered to ${whose}, each with its status: 0 disabled, 1 activation in progress, 2 enabled; while MFA is locked, meta.lockedUntil`,
    ids,
    answer: { status: 200, description: 'The methods', list: AccountMethodDto, meta: AccountMethodsMetaDto },
    errors: [notFound],
  });
}

export function RemoveAllRoute({ whose, ids, notFound, errors = [] }: AccountRoute): MethodDecorator {
  return applyDecorators(
    UseGuards(MissingMethodGuard),
    removal({
      summary: `Removes all methods of ${whose}. ${RESET}`,
      ids,
      errors: [GENERIC_ERRORS.missingId, notFound, ...errors],
    }),
  );
}

export function RemoveOneRoute({ whose, ids, notFound, errors = [] }: AccountRoute): MethodDecorator {
  return removal({
    summary: `Removes a method of ${whose}. ${RESET}`,
    ids: { ...ids, type: EXAMPLE_METHOD },
    errors: [notFound, ...errors, MFA_ERRORS.typeNotFound],
  });
}

/** Administrators always need their own second factor here. */
function removal(route: Pick<Parameters<typeof Route>[0], 'summary' | 'ids' | 'errors'>): MethodDecorator {
  return applyDecorators(DeletesWithDocument(), Route({ ...route, access: 'administrator', mfa: 'always' }));
}

export function methodsDocument({ methods, lockedUntil }: AccountMfa): Collection {
  const meta: AccountMethodsMetaDto | null = lockedUntil && { lockedUntil: lockedUntil.toISOString() };
  return new Collection(methods.map(methodResource), meta ? { meta } : {});
}

function methodResource(attributes: AccountMethodDto): ResourceObject<AccountMethodDto> {
  return { type: TYPE, id: null, attributes };
}

import { Controller, Get, HttpCode, Inject, Post, Req, UseInterceptors } from '@nestjs/common';
import { Collection, DocumentInterceptor, RawAttributes, type JsonApiHttpRequest } from '#json-api';
import type { Caller } from '../core/account.js';
import { FactorService, type FactorList } from '../core/factor.service.js';
import type { MfaErrorName } from '../core/mfa-errors.js';
import { MfaRefusal } from '../core/refusal.js';
import { MFA_OPTIONS, type MfaOptions } from '../mfa.options.js';
import { submittedCode } from './mfa-code-header.js';
import { MfaEndpoint } from './mfa-endpoint.decorator.js';
import { MfaInterceptor } from './mfa.interceptor.js';

const TYPES = 'multi-factor-auth-types';
const ACTIVATE = 'multi-factor-auth-type-activate';
const VERIFY = 'multi-factor-auth-type-verify';
const TRIGGER = 'multi-factor-auth-trigger';
const DEACTIVATE = 'multi-factor-auth-type-deactivate';

interface TypeAttributes {
  readonly type?: unknown;
}

/** Answers to a valid token without an account, by whose words the application uses. */
const UNKNOWN_CALLER = {
  customer: { list: 'noCustomerIdentifier', change: 'customerNotFound' },
  user: { list: 'noUserIdentifier', change: 'userNotFound' },
} as const satisfies Record<string, Record<'list' | 'change', MfaErrorName>>;

/** The five endpoints (contract: section 1), the same in every application. */
@Controller()
@UseInterceptors(MfaInterceptor, DocumentInterceptor)
export class MfaController {
  constructor(
    private readonly factors: FactorService,
    @Inject(MFA_OPTIONS) private readonly options: MfaOptions,
  ) {}

  @Get(TYPES)
  @MfaEndpoint(TYPES, 'Lists the methods offered to the caller, each with its status', [])
  async list(@Req() request: JsonApiHttpRequest): Promise<Collection> {
    const list = await this.factors.list(await this.caller(request, 'list'));
    const data = list.factors.map((attributes) => ({ type: TYPES, id: null, attributes }));
    const meta = metaOf(list);
    return new Collection(data, Object.keys(meta).length > 0 ? { meta } : {});
  }

  @Post(ACTIVATE)
  @HttpCode(204)
  @MfaEndpoint(ACTIVATE, 'Begins to set a method up and sends a code for verify', [
    'typeMissing',
    'typeNotFound',
    'alreadyActivated',
    'codeMissing',
    'codeInvalid',
    'locked',
    'sendLimit',
    'sendingFailed',
  ])
  async activate(@Req() request: JsonApiHttpRequest, @RawAttributes() { type }: TypeAttributes): Promise<void> {
    await this.factors.activate(await this.caller(request, 'change'), type, submittedCode(request));
  }

  @Post(VERIFY)
  @HttpCode(204)
  @MfaEndpoint(VERIFY, 'Completes the set-up with the code that activate sent', [
    'codeMissing',
    'typeMissing',
    'typeNotFound',
    'alreadyActivated',
    'locked',
    'codeInvalid',
  ])
  async verify(@Req() request: JsonApiHttpRequest, @RawAttributes() { type }: TypeAttributes): Promise<void> {
    await this.factors.verify(await this.caller(request, 'change'), type, submittedCode(request));
  }

  @Post(TRIGGER)
  @HttpCode(204)
  @MfaEndpoint(TRIGGER, 'Sends a code of an active method', [
    'typeMissing',
    'typeNotFound',
    'locked',
    'sendLimit',
    'sendingFailed',
  ])
  async trigger(@Req() request: JsonApiHttpRequest, @RawAttributes() { type }: TypeAttributes): Promise<void> {
    await this.factors.trigger(await this.caller(request, 'change'), type);
  }

  @Post(DEACTIVATE)
  @HttpCode(204)
  @MfaEndpoint(DEACTIVATE, 'Ends a method with a code of its own', [
    'codeMissing',
    'typeMissing',
    'typeNotFound',
    'locked',
    'codeInvalid',
    'deactivationFailed',
  ])
  async deactivate(@Req() request: JsonApiHttpRequest, @RawAttributes() { type }: TypeAttributes): Promise<void> {
    await this.factors.deactivate(await this.caller(request, 'change'), type, submittedCode(request));
  }

  private async caller(request: JsonApiHttpRequest, task: 'list' | 'change'): Promise<Caller> {
    const caller = await this.options.callerResolver.resolve(request);
    if (!caller) throw new MfaRefusal(UNKNOWN_CALLER[this.options.callerNoun][task]);
    return caller;
  }
}

/** The grant while one is alive, and what policies demand, from when on; nothing where there is neither. */
function metaOf({ grantExpiresAt, requirements }: FactorList): Record<string, unknown> {
  const policies = requirements.map(({ requiredFrom, methods }) => ({
    requiredFrom: requiredFrom.toISOString(),
    methods,
  }));
  return {
    ...(grantExpiresAt && { grantExpiresAt: grantExpiresAt.toISOString() }),
    ...(policies.length > 0 && { policies }),
  };
}

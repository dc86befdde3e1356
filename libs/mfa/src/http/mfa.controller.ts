import { Controller, Get, HttpCode, HttpStatus, Inject, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiTags } from '@nestjs/swagger';
import { Collection, DocumentInterceptor, RawAttributes, Resource, type JsonApiHttpRequest } from '#json-api';
import type { Caller } from '../core/caller.js';
import { FactorListService, type FactorList } from '../core/factor-list.service.js';
import { FactorService, type HandedOut } from '../core/factor.service.js';
import { NOT_FOUND } from '../core/mfa-errors.js';
import { MfaException } from '../core/mfa.exception.js';
import { MFA_OPTIONS, type ResolvedMfaOptions } from '../core/mfa.options.js';
import { submittedCode } from './mfa-code-header.js';
import { ActivatedMethodDto, ChallengeDto } from './dto/handed-out.dto.js';
import { ListedMethodDto, ListedMethodsMetaDto } from './dto/listed-method.dto.js';
import { ActivateMethodDto, DeactivateMethodDto, TriggerMethodDto, VerifyMethodDto } from './dto/method.dto.js';
import { DONE, MfaEndpoint } from './mfa-endpoint.decorator.js';
import { MFA_HTTP_OPTIONS, type MfaHttpOptions } from './mfa-http.options.js';
import { MfaInterceptor } from './mfa.interceptor.js';

const TYPES = 'multi-factor-auth-types';
const ACTIVATE = 'multi-factor-auth-type-activate';
const VERIFY = 'multi-factor-auth-type-verify';
const TRIGGER = 'multi-factor-auth-trigger';
const DEACTIVATE = 'multi-factor-auth-type-deactivate';

/** The five endpoints (contract: section 1). They are the same in every application. */
@ApiTags('multi-factor authentication')
@Controller()
@UseInterceptors(MfaInterceptor, DocumentInterceptor)
export class MfaController {
  constructor(
    private readonly factors: FactorService,
    private readonly factorList: FactorListService,
    private readonly adapterHost: HttpAdapterHost,
    @Inject(MFA_OPTIONS) private readonly options: ResolvedMfaOptions,
    @Inject(MFA_HTTP_OPTIONS) private readonly http: MfaHttpOptions,
  ) {}

  @Get(TYPES)
  @MfaEndpoint(TYPES, {
    summary: 'Lists the methods offered to the caller, each with its status',
    answer: { status: 200, description: 'The methods', list: ListedMethodDto, meta: ListedMethodsMetaDto },
  })
  async list(@Req() request: JsonApiHttpRequest): Promise<Collection> {
    const caller = await this.http.callerResolver.resolve(request);
    if (!caller) throw new MfaException(NO_IDENTIFIER[this.options.errorWording]);
    const list = await this.factorList.list(caller);
    const data = list.factors.map((attributes) => ({ type: TYPES, id: null, attributes }));
    const meta = metaOf(list);
    return new Collection(data, Object.keys(meta).length > 0 ? { meta } : {});
  }

  @Post(ACTIVATE)
  @MfaEndpoint(ACTIVATE, {
    summary: 'Begins to set a method up: sends a code for verify, or hands out what the method needs',
    answer: [{ status: 201, description: 'What the method hands out, shown once', resource: ActivatedMethodDto }, DONE],
    errors: [
      'typeMissing',
      'typeNotFound',
      'alreadyActivated',
      'setupRequired',
      'codeMissing',
      'locked',
      'codeInvalid',
      'sendLimit',
      'sendingFailed',
    ],
  })
  async activate(
    @Req() request: JsonApiHttpRequest,
    @Res({ passthrough: true }) response: object,
    @RawAttributes() { type }: ActivateMethodDto,
  ): Promise<Resource | undefined> {
    const handedOut = await this.factors.activate(await this.caller(request), type, submittedCode(request));
    return this.answer(response, ACTIVATE, type, handedOut);
  }

  @Post(VERIFY)
  @HttpCode(HttpStatus.NO_CONTENT)
  @MfaEndpoint(VERIFY, {
    summary: 'Completes the set-up with a code of the method',
    answer: DONE,
    errors: ['codeMissing', 'typeMissing', 'typeNotFound', 'alreadyActivated', 'locked', 'codeInvalid'],
  })
  async verify(@Req() request: JsonApiHttpRequest, @RawAttributes() { type }: VerifyMethodDto): Promise<void> {
    await this.factors.verify(await this.caller(request), type, submittedCode(request));
  }

  @Post(TRIGGER)
  @MfaEndpoint(TRIGGER, {
    summary: 'Sends a code of an active method, where the method sends codes',
    answer: [{ status: 201, description: 'What the person needs for an answer', resource: ChallengeDto }, DONE],
    errors: ['typeMissing', 'typeNotFound', 'locked', 'sendLimit', 'sendingFailed'],
  })
  async trigger(
    @Req() request: JsonApiHttpRequest,
    @Res({ passthrough: true }) response: object,
    @RawAttributes() { type }: TriggerMethodDto,
  ): Promise<Resource | undefined> {
    const handedOut = await this.factors.trigger(await this.caller(request), type);
    return this.answer(response, TRIGGER, type, handedOut);
  }

  @Post(DEACTIVATE)
  @HttpCode(HttpStatus.NO_CONTENT)
  @MfaEndpoint(DEACTIVATE, {
    summary: 'Ends a method with a code of its own, or a recovery code',
    answer: DONE,
    errors: ['codeMissing', 'typeMissing', 'typeNotFound', 'locked', 'codeInvalid', 'deactivationFailed'],
  })
  async deactivate(@Req() request: JsonApiHttpRequest, @RawAttributes() { type }: DeactivateMethodDto): Promise<void> {
    await this.factors.deactivate(await this.caller(request), type, submittedCode(request));
  }

  /** Answers 201 with what was handed out, or 204 if there is nothing. */
  private answer(response: object, resource: string, type: unknown, handedOut: HandedOut): Resource | undefined {
    if (handedOut) return new Resource({ type: resource, id: null, attributes: { type, ...handedOut } });
    this.adapterHost.httpAdapter.status(response, HttpStatus.NO_CONTENT);
    return undefined;
  }

  private async caller(request: JsonApiHttpRequest): Promise<Caller> {
    const caller = await this.http.callerResolver.resolve(request);
    if (!caller) throw new MfaException(NOT_FOUND[this.options.errorWording]);
    return caller;
  }
}

/** The error of the list for a valid token without an account, for each kind of account. */
const NO_IDENTIFIER = { customer: 'noCustomerIdentifier', user: 'noUserIdentifier' } as const;

/** The live grant and the requirements of policies. Members without a value are left out. */
function metaOf({ grantExpiresAt, requirements }: FactorList): ListedMethodsMetaDto {
  const policies = requirements.map(({ requiredFrom, methods }) => ({
    requiredFrom: requiredFrom.toISOString(),
    methods: [...methods],
  }));
  return {
    ...(grantExpiresAt && { grantExpiresAt: grantExpiresAt.toISOString() }),
    ...(policies.length > 0 && { policies }),
  };
}

import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { JsonApiHttpRequest } from '#json-api';
import { StepUpService } from '../core/step-up.service.js';
import { MFA_HTTP_OPTIONS, type MfaHttpOptions } from './mfa-http.options.js';
import { submittedCode } from './mfa-code-header.js';
import { keepPassedStepUp } from './passed-step-ups.js';
import { ProtectedResources } from './protected-resources.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Requires a code for writes to protected resources; checks the code and uses it up. Register it after the
 * application's own authentication guard.
 */
@Injectable()
export class MfaGuard implements CanActivate {
  constructor(
    private readonly resources: ProtectedResources,
    private readonly stepUp: StepUpService,
    private readonly adapterHost: HttpAdapterHost,
    @Inject(MFA_HTTP_OPTIONS) private readonly options: MfaHttpOptions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<JsonApiHttpRequest>();
    if (SAFE_METHODS.has(request.method)) return true;
    const rule = this.resources.enrolmentRuleOf(context.getClass(), context.getHandler());
    if (!rule) return true;
    const caller = await this.options.callerResolver.resolve(request);
    if (!caller) return true;
    // set here too, because a refused request never reaches the interceptor
    this.adapterHost.httpAdapter.setHeader(context.switchToHttp().getResponse(), 'cache-control', 'no-store');
    const stepUp = await this.stepUp.requireCode(caller, submittedCode(request), rule);
    keepPassedStepUp(request, { caller, stepUp });
    return true;
  }
}

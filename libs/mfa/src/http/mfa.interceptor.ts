import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import { tap, type Observable } from 'rxjs';
import { MfaEventLog } from '../core/mfa-event-log.js';
import { MFA_ENDPOINT } from './mfa-endpoint.decorator.js';
import { passedStepUpOf } from './passed-step-ups.js';

/** Logs the result of a protected action that needed a code. Keeps responses about second factors out of caches. */
@Injectable()
export class MfaInterceptor implements NestInterceptor {
  constructor(
    private readonly log: MfaEventLog,
    private readonly reflector: Reflector,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<object>();
    const response = http.getResponse<{ readonly statusCode: number }>();
    if (passedStepUpOf(request) || this.reflector.get(MFA_ENDPOINT, context.getHandler())) {
      this.adapterHost.httpAdapter.setHeader(response, 'cache-control', 'no-store');
    }
    // pages decide in their handlers, and answer a refusal with a page
    const record = (isFailed: () => boolean) => (): void => {
      const { caller, stepUp } = passedStepUpOf(request) ?? {};
      if (!caller || !stepUp) return;
      const action = `${context.getClass().name}.${context.getHandler().name}`;
      this.log.record('mfa.step_up_passed', caller, {
        ...stepUp,
        action,
        outcome: isFailed() ? 'failed' : 'succeeded',
      });
    };
    return next.handle().pipe(tap({ complete: record(() => response.statusCode >= 400), error: record(() => true) }));
  }
}

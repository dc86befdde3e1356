import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import { tap, type Observable } from 'rxjs';
import { MfaEventLog } from '../core/mfa-event-log.js';
import { MFA_ENDPOINT } from './mfa-endpoint.decorator.js';
import { PASSED } from './mfa.guard.js';

/** Logs the result of a protected action that needed a code. Keeps responses about second factors out of caches. */
@Injectable()
export class MfaInterceptor implements NestInterceptor {
  constructor(
    private readonly log: MfaEventLog,
    private readonly reflector: Reflector,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const passed = PASSED.get(context.switchToHttp().getRequest<object>());
    if (passed || this.reflector.get(MFA_ENDPOINT, context.getHandler())) {
      this.adapterHost.httpAdapter.setHeader(context.switchToHttp().getResponse(), 'cache-control', 'no-store');
    }
    if (!passed?.stepUp) return next.handle();
    const { caller, stepUp } = passed;
    const action = `${context.getClass().name}.${context.getHandler().name}`;
    const record = (outcome: 'succeeded' | 'failed') => (): void =>
      this.log.record('mfa.step_up_passed', caller, { ...stepUp, action, outcome });
    return next.handle().pipe(tap({ complete: record('succeeded'), error: record('failed') }));
  }
}

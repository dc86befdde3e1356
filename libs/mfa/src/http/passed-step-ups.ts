import type { Caller } from '../core/caller.js';
import type { StepUp } from '../core/decisions/step-up.js';

/** The decision about a request that may go on. */
interface PassedStepUp {
  readonly caller: Caller;
  /** Undefined: no code was needed. */
  readonly stepUp: StepUp | undefined;
}

const PASSED = new WeakMap<object, PassedStepUp>();

/** Keeps the decision for the interceptor, which logs what became of the action. */
export function keepPassedStepUp(request: object, passed: PassedStepUp): void {
  PASSED.set(request, passed);
}

export function passedStepUpOf(request: object): PassedStepUp | undefined {
  return PASSED.get(request);
}

export { ApiError, StepUpCancelled } from './errors.js';
export type { SetUpPrompt, StepUpOptions, StepUpPrompt } from './options.js';
export { createStepUpFetch } from './step-up-fetch.js';

export { ApiError, StepUpCancelled } from './errors.js';
export type { SetUpPrompt, StepUpOptions, StepUpPrompt } from './options.js';
export { createStepUpFetch } from './step-up-fetch.js';
export { createClient, type Client, type ClientOptions } from './client.js';
export type { paths as BackendPaths } from './generated/backend.js';
export type { components as StorefrontComponents, paths as StorefrontPaths } from './generated/storefront.js';

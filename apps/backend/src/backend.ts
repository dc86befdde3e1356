import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApplication, type ApplicationOptions, type AppSettings } from '#platform';
import { BackendModule, type BackendParts } from './backend.module.js';
import { BACKEND_ERRORS } from './backend-errors.js';

/** The API for Back Office and warehouse tools; parts may be replaced where a test needs its own clock or limits. */
export function createBackend(
  settings: AppSettings,
  { logger, ...parts }: BackendParts & Pick<ApplicationOptions, 'logger'> = {},
): Promise<NestFastifyApplication> {
  return createApplication(BackendModule.create(settings, parts), {
    name: 'backend',
    settings,
    errors: { withMessage: true, notFound: BACKEND_ERRORS.notFound },
    missingMethod: BACKEND_ERRORS.missingMethod,
    optionsStatus: 204,
    description: 'API for Back Office users, warehouse users and merchant users.',
    ...(logger && { logger }),
  });
}

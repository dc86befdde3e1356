import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApplication, type ApplicationOptions, type AppSettings } from '#platform';
import { StorefrontModule, type StorefrontParts } from './storefront.module.js';

/** The REST API for storefronts; parts may be replaced where a test needs its own clock or limits. */
export function createStorefront(
  settings: AppSettings,
  { logger, ...parts }: StorefrontParts & Pick<ApplicationOptions, 'logger'> = {},
): Promise<NestFastifyApplication> {
  return createApplication(StorefrontModule.create(settings, parts), {
    name: 'storefront',
    settings,
    errors: {},
    optionsStatus: 200,
    description: 'REST API for storefronts: customers, company users and agents.',
    ...(logger && { logger }),
  });
}

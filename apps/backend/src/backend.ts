import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MFA_ERRORS } from '#mfa';
import { errorPages } from '#pages';
import { createApplication, type ApplicationOptions, type AppSettings } from '#platform';
import { refusalsOf } from './access/route.decorator.js';
import { BackendModule, type BackendParts } from './backend.module.js';
import { backendPages } from './pages/backend-pages.js';
import { BACKEND_ERRORS } from './backend-errors.js';

const DESCRIPTION = `API for Back Office users, warehouse users and merchant users.

Bodies are JSON:API documents; errors carry their text as \`detail\` and as \`message\`. Everybody logs in at \`POST /token\` and
sends \`Authorization: Bearer …\`. Back Office users and agents reach all routes but those for administrators; warehouse users
their own assignments; merchant users the endpoints of multi-factor authentication, as everybody does. Who may not call a
route is answered 403 \`Forbidden.\`.

**Second factor.** A protected write of an account with MFA is answered 403 / 5900. Call \`POST /multi-factor-auth-trigger\`,
ask the person for the mailed code, and repeat the request with \`X-MFA-Code\`. The same code is good again in the same
session for 30 minutes. 5901: ask again, or trigger a new code. 5913: set MFA up first. 429: wait for \`Retry-After\`.

Any route can also answer 404, 413, 415, 431, 500 and 503.`;

/** The API for Back Office and warehouse tools. Tests can replace parts, such as the clock. */
export function createBackend(
  settings: AppSettings,
  { logger, ...parts }: BackendParts & Pick<ApplicationOptions, 'logger'> = {},
): Promise<NestFastifyApplication> {
  const pages = backendPages(settings);
  return createApplication(BackendModule.register(settings, parts), {
    name: 'backend',
    settings,
    errors: { withMessage: true, notFound: BACKEND_ERRORS.notFound, ...errorPages(pages) },
    pageAreas: pages.areas,
    missingMethod: BACKEND_ERRORS.missingMethod,
    optionsStatus: 204,
    description: DESCRIPTION,
    refusals: refusalsOf('public'),
    libraryRoutes: {
      prefix: '/multi-factor-auth-',
      refusals: refusalsOf('account'),
      neverAnswered: [MFA_ERRORS.noCustomerIdentifier, MFA_ERRORS.customerNotFound],
    },
    ...(logger && { logger }),
  });
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MFA_ERRORS } from '#mfa';
import { errorPages } from '#pages';
import { createApplication, type ApplicationOptions, type AppSettings } from '#platform';
import { refusalsOf } from './access/route.decorator.js';
import { storefrontPages } from './pages/storefront-pages.js';
import { StorefrontModule, type StorefrontParts } from './storefront.module.js';

const DESCRIPTION = `REST API for storefronts: customers, company users, agents and guests.

Bodies are JSON:API documents. Customers send \`Authorization: Bearer …\` with a token of \`POST /access-tokens\`; guests send
\`X-Anonymous-Customer-Unique-Id\` with a long random value of their own, which is a secret; agents send their token as
\`Authorization\` or as \`X-Agent-Authorization\`. Where tokens are issued, an \`Authorization\` that has expired is ignored.

**Second factor.** A protected write of an account with MFA is answered 403 / 5900. Call \`POST /multi-factor-auth-trigger\`,
ask the person for the mailed code, and repeat the request with \`X-MFA-Code\`. The same code is good again in the same
session for 30 minutes. 5901: ask again, or trigger a new code. 429: wait for \`Retry-After\`.

\`PATCH /carts/{id}\` needs the \`ETag\` of the cart as \`If-Match\`. An \`Idempotency-Key\` is a value of your own for each order,
kept over retries, good for 24 hours; after a refusal take a new one. Related resources come with \`include\`.

Any route can also answer 404, 406, 413, 415, 431, 500 and 503.`;

/** The REST API for storefronts. Tests can replace parts, such as the clock. */
export function createStorefront(
  settings: AppSettings,
  { logger, ...parts }: StorefrontParts & Pick<ApplicationOptions, 'logger'> = {},
): Promise<NestFastifyApplication> {
  const pages = storefrontPages(settings);
  return createApplication(StorefrontModule.register(settings, parts), {
    name: 'storefront',
    settings,
    errors: errorPages(pages),
    pageAreas: pages.areas,
    optionsStatus: 200,
    description: DESCRIPTION,
    refusals: refusalsOf('public'),
    securitySchemes: {
      guest: {
        type: 'apiKey',
        in: 'header',
        name: 'X-Anonymous-Customer-Unique-Id',
        description: "A long random value of the guest's own; it is a secret",
      },
      agent: {
        type: 'apiKey',
        in: 'header',
        name: 'X-Agent-Authorization',
        description: "`Bearer` and the agent's token",
      },
    },
    libraryRoutes: {
      prefix: '/multi-factor-auth-',
      refusals: refusalsOf('account'),
      neverAnswered: [MFA_ERRORS.noUserIdentifier, MFA_ERRORS.userNotFound],
    },
    ...(logger && { logger }),
  });
}

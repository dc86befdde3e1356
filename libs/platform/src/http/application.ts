import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { DynamicModule, Type } from '@nestjs/common';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  ApiException,
  errorDocument,
  GENERIC_ERRORS,
  JsonApiExceptionFilter,
  type ApiErrorRow,
  type ClassifiedError,
  type ExceptionFilterOptions,
  type LibraryRoutes,
  type SecurityName,
} from '#json-api';
import type { SecuritySchemeObject } from '@nestjs/swagger';
import {
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyHttpOptions,
} from 'fastify';
import type { Logger } from 'pino';
import type { AppName, Settings } from '../configuration/settings.js';
import { databaseFailure } from '../database/database-errors.js';
import { createLogger, NestLogger } from '../logging/logger.js';
import { useBodyParsers } from './body-parser.js';
import { isAmong } from './client-address.js';
import { allowanceOf, useClientLimit } from './client-limit.js';
import { useCors } from './cors.js';
import { useDocumentation } from './documentation.js';
import { useMissingMethods, useOptionsRoutes } from './options-routes.js';
import { useRequestLog } from './request-log.js';
import { Stopping, useStopping } from './stopping.js';
import { pathOf, useRequestHead } from './request-head.js';
import { UnfinishedWork } from './unfinished-work.js';
import { answerUnreadableRequest, answerUnreadableUrl, useUnreadableRequests } from './unreadable-requests.js';
import { useWireFormat } from './wire-format.js';

export interface ApplicationOptions {
  readonly name: AppName;
  readonly settings: Settings;
  readonly errors: ExceptionFilterOptions;
  /** Errors that every route can answer, for the documentation. */
  readonly refusals: readonly ApiErrorRow[];
  /** The error for a method that a route does not have. Default: that of a route that does not exist. */
  readonly missingMethod?: ApiErrorRow;
  readonly optionsStatus: 200 | 204;
  readonly description: string;
  /** Ways to identify a client besides access tokens, for the documentation. */
  readonly securitySchemes?: Readonly<Partial<Record<SecurityName, SecuritySchemeObject>>>;
  /** For the documentation. */
  readonly libraryRoutes?: LibraryRoutes;
  /** The paths below which there are pages: their forms are taken from pages of this origin alone. */
  readonly pageAreas?: readonly { readonly base: string }[];
  /** The destination of log lines. Default: standard output. */
  readonly logger?: Logger;
}

const BODY_LIMIT_BYTES = 131_072;
/** How long a request may take to arrive: its head, and all of it. Node checks this every five seconds. */
const HEAD_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const TIMEOUT_CHECK_MS = 5000;
/** How long a connection may be idle. No response takes that long. */
const IDLE_TIMEOUT_MS = 60_000;
const CHALLENGE = 'Bearer realm="Access to shop API"';
const REQUEST_ID = /^[\w.-]{8,64}$/;

/** A Nest application on Fastify with everything that both apps share. It does not listen yet. */
export async function createApplication(
  module: Type | DynamicModule,
  options: ApplicationOptions,
): Promise<NestFastifyApplication> {
  const logger = options.logger ?? createLogger(options.settings.logLevel, options.name);
  const adapter = fastifyAdapter(options, logger);
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  useRequestLog(fastify);
  useWireFormat(fastify);
  useRequestHead(fastify);
  useBodyParsers(fastify);
  useUnreadableRequests(fastify.server, options.errors);
  await useClientLimit(fastify, options.settings.clientRatePerMinute);
  const routes = useOptionsRoutes(fastify, options.optionsStatus);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  app.useSecurityHeaders({
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: false, frameAncestors: "'none'" } },
    strictTransportSecurity: false, // sent only for https requests, by useWireFormat
    xFrameOptions: { action: 'deny' },
    xDownloadOptions: false,
  });
  refuseOtherOrigins(app, options);
  useCors(app, options.settings.corsOrigins);
  const errors = { classify: unavailable, challenge: CHALLENGE, ...options.errors };
  app.useGlobalFilters(new JsonApiExceptionFilter(app.get(HttpAdapterHost), errors));
  useDocumentation(app, options);
  useStopping(fastify, app.get(Stopping));
  app.enableShutdownHooks([], { useProcessExit: true });
  fastify.addHook('onClose', () => app.get(UnfinishedWork).ended());
  await app.init();
  if (options.missingMethod) {
    useMissingMethods(fastify, routes, errorDocument([options.missingMethod], options.errors));
  }
  return app;
}

function fastifyAdapter({ settings, errors }: ApplicationOptions, logger: Logger): FastifyAdapter {
  const options: FastifyHttpOptions<Server> = {
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: IDLE_TIMEOUT_MS,
    http: {
      headersTimeout: HEAD_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      requireHostHeader: false, // useRequestHead checks it
    },
    return503OnClosing: false, // requests on open connections are still served, with `connection: close`
    rewriteUrl: pathOf,
    trustProxy: settings.trustedProxies.length > 0 ? isAmong(settings.trustedProxies) : false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2048 },
    genReqId: ({ headers }) => {
      const requestId = headers['x-request-id'];
      return typeof requestId === 'string' && REQUEST_ID.test(requestId) ? requestId : randomUUID();
    },
    frameworkErrors: (_error, _request, reply) => answerUnreadableUrl(reply as unknown as FastifyReply, errors),
    clientErrorHandler: (error, socket) => answerUnreadableRequest(error, socket, errors),
  };
  const adapter = new FastifyAdapter(options as ConstructorParameters<typeof FastifyAdapter>[0]) as FastifyAdapter;
  return Object.assign(adapter, EMPTY_SEGMENTS_ROUTE);
}

/**
 * Refuses requests that pages of other origins make a browser send. CSRF is about cookies, and so about pages: whoever
 * calls the API shows a token. What has an allowance needs none, so that any site could use up that of its visitors'
 * address, or the login attempts of somebody. Front ends of known origins call the API; pages take only forms of their own.
 */
function refuseOtherOrigins(app: NestFastifyApplication, { pageAreas = [], settings }: ApplicationOptions): void {
  // by the route that was found: a path can be spelt in many ways
  const isPage = ({ routeOptions: { url = '' } }: FastifyRequest): boolean =>
    pageAreas.some(({ base }) => url === base || url.startsWith(`${base}/`));
  const usesAllowance = ({ routeOptions: { config }, headers: { origin = '' } }: FastifyRequest): boolean =>
    allowanceOf(config) !== undefined && !settings.corsOrigins.includes(origin);
  app.enableCsrfProtection({
    // asked only about requests of other origins; Nest's own refusal could not be told from that of a guard
    exclude: (request: FastifyRequest) => {
      if (isPage(request) || usesAllowance(request)) throw new ApiException(GENERIC_ERRORS.foreignOrigin);
      return true;
    },
  });
}

/**
 * By default Nest answers an empty path parameter with 404, because middleware could see another path than the route.
 * This app has no such middleware, and `/customers//addresses` has its own responses (contract: section 4, point 3).
 */
const EMPTY_SEGMENTS_ROUTE = { requireNonEmptyParams: (_url: string, handler: unknown) => handler };

function unavailable(error: unknown): ClassifiedError | undefined {
  const failure = databaseFailure(error);
  return failure && { row: GENERIC_ERRORS.unavailable, reason: failure.reason, cause: failure.code };
}

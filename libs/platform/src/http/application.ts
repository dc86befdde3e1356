import { randomUUID } from 'node:crypto';
import type { DynamicModule, Type } from '@nestjs/common';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { GENERIC_ERRORS, JSON_API_MEDIA_TYPE, JsonApiExceptionFilter, type ExceptionFilterOptions } from '#json-api';
import { LogController, type FastifyInstance, type FastifyReply, type FastifyServerOptions } from 'fastify';
import type { Logger } from 'pino';
import type { AppName, Settings } from '../configuration/settings.js';
import { isDatabaseUnavailable } from '../database/database-errors.js';
import { createLogger, NestLogger } from '../logging/logger.js';
import { useBodyParsers } from './body-parser.js';
import { useCors } from './cors.js';
import { useDocumentation } from './documentation.js';
import { useOptionsRoutes } from './options-routes.js';
import { useRequestLog } from './request-log.js';
import { useWireFormat } from './wire-format.js';

export interface ApplicationOptions {
  readonly name: AppName;
  readonly settings: Settings;
  readonly errors: ExceptionFilterOptions;
  readonly optionsStatus: 200 | 204;
  readonly description: string;
  /** Where log lines go; default: standard output. */
  readonly logger?: Logger;
}

const BODY_LIMIT_BYTES = 1_048_576;
const REQUEST_ID = /^[\w.-]{8,64}$/;

/** A Nest application on Fastify with all that both apps have in common; it does not listen yet. */
export async function createApplication(
  module: Type | DynamicModule,
  options: ApplicationOptions,
): Promise<NestFastifyApplication> {
  const logger = options.logger ?? createLogger(options.settings.logLevel, options.name);
  const adapter = fastifyAdapter(options, logger);
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  useRequestLog(fastify);
  useWireFormat(fastify);
  useBodyParsers(fastify);
  useOptionsRoutes(fastify, options.optionsStatus);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
    forceCloseConnections: true,
  });
  app.useSecurityHeaders({
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: false, frameAncestors: "'none'" } },
  });
  useCors(app, options.settings.corsOrigins);
  const errors = { classify: unavailable, ...options.errors };
  app.useGlobalFilters(new JsonApiExceptionFilter(app.get(HttpAdapterHost), errors));
  useDocumentation(app, options);
  app.enableShutdownHooks();
  return app;
}

function fastifyAdapter({ settings }: ApplicationOptions, logger: Logger): FastifyAdapter {
  const options: FastifyServerOptions = {
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: settings.trustedProxies.length > 0 ? [...settings.trustedProxies] : false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 512 },
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    frameworkErrors: (_error, _request, reply) => unreadableUrl(reply as unknown as FastifyReply),
  };
  return new FastifyAdapter(options as ConstructorParameters<typeof FastifyAdapter>[0]) as FastifyAdapter;
}

/** A URL that the router cannot read leads nowhere. */
function unreadableUrl(reply: FastifyReply): void {
  const document = Buffer.from(JSON.stringify({ errors: [GENERIC_ERRORS.notFound] })); // text would get a charset
  void reply.code(404).header('content-type', JSON_API_MEDIA_TYPE).send(document);
}

function unavailable(error: unknown) {
  return isDatabaseUnavailable(error) ? GENERIC_ERRORS.unavailable : undefined;
}

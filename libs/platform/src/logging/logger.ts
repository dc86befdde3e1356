import type { LoggerService } from '@nestjs/common';
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { requestContext } from './request-context.js';

/** Members that are removed from every logged object. */
const SECRET_MEMBERS = ['password', 'newPassword', 'confirmPassword', 'accessToken', 'refreshToken', 'authorization'];

/** Writes JSON lines to standard output, each with the id of its request. */
export function createLogger(level: string, name: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    name,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: () => {
      const { requestId } = requestContext.getStore() ?? {};
      return { ...(requestId !== undefined && { requestId }) };
    },
    redact: {
      paths: SECRET_MEMBERS.flatMap((member) => [member, `*.${member}`]),
      censor: '[redacted]',
    },
    serializers: { err: safeError },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** The parts of an unexpected error that may be logged: never a statement's parameters or a document's text. */
function safeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  return { type: error.name, message: error.message, stack: error.stack, code: code ?? driverError?.code };
}

/** Nest's logger on top of pino: objects become members of the line, and so does the context. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log = (message: unknown, ...rest: unknown[]): void => this.write('info', message, rest);
  fatal = (message: unknown, ...rest: unknown[]): void => this.write('fatal', message, rest);
  error = (message: unknown, ...rest: unknown[]): void => this.write('error', message, rest);
  warn = (message: unknown, ...rest: unknown[]): void => this.write('warn', message, rest);
  debug = (message: unknown, ...rest: unknown[]): void => this.write('debug', message, rest);
  verbose = (message: unknown, ...rest: unknown[]): void => this.write('trace', message, rest);

  private write(
    level: 'info' | 'fatal' | 'error' | 'warn' | 'debug' | 'trace',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = rest.at(-1);
    const stack = rest.length > 1 ? rest[0] : undefined;
    const members = { ...(typeof context === 'string' && { context }), ...(typeof stack === 'string' && { stack }) };
    if (message instanceof Error) this.logger[level]({ ...members, err: message });
    else if (typeof message === 'object' && message !== null) this.logger[level]({ ...members, ...message });
    else this.logger[level](members, String(message));
  }
}

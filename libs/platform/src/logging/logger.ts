import type { LoggerService } from '@nestjs/common';
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { requestContext } from './request-context.js';

/** Members that no log line may show, wherever a logged object has them. */
const SECRET_MEMBERS = ['password', 'newPassword', 'confirmPassword', 'accessToken', 'refreshToken', 'authorization'];

/** JSON lines on standard output, each with the id of its request. */
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

/** What may be told of an unexpected error: never the parameters of a statement or the text of a document. */
function safeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  return { type: error.name, message: error.message, stack: error.stack, code: code ?? driverError?.code };
}

/** Nest's logger in front of pino: objects become members of the line, the context its own member. */
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

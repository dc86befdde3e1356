import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLogger, NestLogger } from './logger.js';
import { requestContext } from './request-context.js';

describe('The log', () => {
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(JSON.parse(chunk.toString()));
      done();
    },
  });
  const logger = new NestLogger(createLogger('debug', 'test', destination));

  it('has the request id on each line of a request, and nothing of the lines before', () => {
    requestContext.run({ requestId: 'r-1' }, () => {
      logger.log({ event: 'first', accountId: '7' }, 'Mfa');
      logger.warn('second');
    });
    logger.log('third');
    const [first, second, third] = lines;
    expect(first).toMatchObject({ requestId: 'r-1', event: 'first', accountId: '7', context: 'Mfa', level: 'info' });
    expect(second).toMatchObject({ requestId: 'r-1', msg: 'second', level: 'warn' });
    expect(second).not.toHaveProperty('accountId');
    expect(third).not.toHaveProperty('requestId');
  });

  it('shows no secret member, and of an error only what it is', () => {
    logger.error({
      password: 'hush',
      nested: { refreshToken: 'hush' },
      err: Object.assign(new Error('x'), { parameters: ['hush'] }),
    });
    expect(JSON.stringify(lines.at(-1))).not.toContain('hush');
  });
});

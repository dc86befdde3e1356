import { describe, expect, it } from 'vitest';
import { Parts, type Part } from './launch.js';

function part(name: string, log: string[]): Part {
  return {
    stop: () => {
      log.push(name);
      return Promise.resolve();
    },
  };
}

describe('the parts of a launch', () => {
  it('are stopped in reverse order of their start', async () => {
    const log: string[] = [];
    const parts = new Parts();
    await parts.start(() => Promise.resolve(part('database', log)));
    await parts.start(() => Promise.resolve(part('apps', log)));
    await parts.stop();
    expect(log).toEqual(['apps', 'database']);
  });

  it('are stopped though one was still starting, whose starter is told to give up', async () => {
    const log: string[] = [];
    const parts = new Parts();
    let resolve: (part: Part) => void = () => undefined;
    const start = parts.start(() => new Promise<Part>((started) => (resolve = started)));
    const stopped = parts.stop();
    resolve(part('database', log));
    await expect(start).rejects.toThrow('Everything is being stopped.');
    await stopped;
    expect(log).toEqual(['database']);
  });

  it('are not started any more when all is being stopped', async () => {
    const log: string[] = [];
    const parts = new Parts();
    await parts.stop();
    await expect(parts.start(() => Promise.resolve(part('apps', log)))).rejects.toThrow();
    expect(log).toEqual([]);
  });

  it('do not need to have started to be stopped', async () => {
    const log: string[] = [];
    const parts = new Parts();
    await parts.start(() => Promise.resolve(part('database', log)));
    await expect(parts.start(() => Promise.reject(new Error('port taken')))).rejects.toThrow('port taken');
    await parts.stop();
    expect(log).toEqual(['database']);
  });
});

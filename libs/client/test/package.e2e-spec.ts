import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runProgram, tsc } from '../../testing/src/index.js';

const PROGRAM = `
import {
  ApiError,
  createClient,
  createStepUpFetch,
  StepUpCancelled,
  type StepUpOptions,
  type StepUpPrompt,
} from '@sallyport/client';

const options: StepUpOptions = {
  baseUrl: 'http://127.0.0.1:9',
  authorization: async () => undefined,
  stepUp: async ({ methods, error, attempt, signal, trigger }: StepUpPrompt): Promise<string | undefined> => {
    if (attempt > 3 || signal.aborted || error?.retryAfter) return undefined;
    await trigger(methods[0] ?? 'email');
    return '123456';
  },
};
const send: typeof fetch = createStepUpFetch(options);
const shop = createClient({ baseUrl: options.baseUrl, fetch: send });
export const totalOf = async (id: string): Promise<number | undefined> =>
  (await shop.GET('/carts/{id}', { params: { path: { id } } })).data?.data.attributes.totals.grandTotal;
const error: unknown = await send('carts').catch((reason: unknown) => reason);
console.log([error instanceof TypeError, new ApiError(429, '5911', 'locked', 7).retryAfter, new StepUpCancelled().name]);
`;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-client-'));
  await runProgram('npm', ['run', '-s', 'pack:client', '--', '--pack-destination', folder]);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  const install = ['install', '--offline', '--no-audit', '--no-fund', `./${tarball}`];
  await runProgram('npm', install, folder);
  writeFileSync(join(folder, 'program.ts'), PROGRAM);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('The package holds its built files, what it is, how it is used and its license', () => {
  const names = readdirSync(join(folder, 'node_modules/@sallyport/client'), { recursive: true, encoding: 'utf8' });
  const [built, others] = [
    names.filter((name) => /^dist.*[.]/.test(name)),
    names.filter((name) => !name.startsWith('dist')),
  ];
  expect(others.toSorted()).toEqual(['LICENSE', 'README.md', 'package.json']);
  expect(built).toContain('dist/index.js');
  expect(
    built.filter((name) => !/^dist.(generated.)?[a-z-]+(\.types)?(\.d\.ts|\.js)$/.test(name) || name.includes('spec')),
  ).toEqual([]);
});

it.each([
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
])('A program compiles against the package: module %s, resolution %s', async (module, moduleResolution) => {
  const options = ['--strict', '--target', 'es2022', '--module', module];
  await tsc([...options, '--moduleResolution', moduleResolution, '--noEmit', 'program.ts'], folder);
});

it('A program with the package runs in Node', async () => {
  await tsc(['--target', 'es2022', '--module', 'nodenext', 'program.ts'], folder);
  expect(await runProgram(process.execPath, ['program.js'], folder)).toBe("[ true, 7, 'StepUpCancelled' ]\n");
});

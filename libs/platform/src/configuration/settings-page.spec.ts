import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { MFA_LIMITS } from '#mfa/limits';
import { environmentSchema } from './settings.schema.js';

const PAGE = fileURLToPath(new URL('../../../../docs/settings.md', import.meta.url));
const OF_ONE_KIND = /^MFA_(CUSTOMER|USER)_/;
const LIMITS = Object.values(MFA_LIMITS).map(({ variable }) => variable as string);

const table = (head: string, rows: readonly string[]): string => [head, '|---|---|---|', ...rows].join('\n');

function rowOf([name, schema]: [string, z.ZodType]): string {
  return `| \`${name}\` | ${defaultOf(schema)} | ${schema.meta()?.description ?? ''} |`;
}

function defaultOf(schema: z.ZodType): string {
  const shown = schema.meta()?.['shown'];
  if (typeof shown === 'string') return shown;
  const value: unknown = schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined;
  if (Array.isArray(value)) return 'none';
  return typeof value === 'number' ? String(value) : value === undefined ? '–' : `\`${String(value)}\``;
}

const isLimit = (name: string): boolean => OF_ONE_KIND.test(name) && LIMITS.includes(name.replace(OF_ONE_KIND, ''));

function page(): Promise<string> {
  const settings = Object.entries<z.ZodType>(environmentSchema.shape);
  const rows = settings.filter(([name]) => !isLimit(name)).map(rowOf);
  const limits = settings
    .filter(([name]) => isLimit(name) && name.startsWith('MFA_CUSTOMER_'))
    .map(([name, schema]) => rowOf([name.replace('MFA_CUSTOMER_', '…_'), schema]));
  const tables = [table('| variable | default | rule |', rows), table('| variable | default | rule |', limits)];
  const text = readFileSync(PAGE, 'utf8').replaceAll(/(?<=<!-- table -->\n\n)[^]*?(?=\n\n<!-- \/table -->)/g, () =>
    String(tables.shift()),
  );
  return resolveConfig(PAGE).then((options) => format(text, { ...options, filepath: PAGE }));
}

it('The page of the settings has the settings as they are (`npx vitest run settings-page -u` writes it)', async () => {
  await expect(await page()).toMatchFileSnapshot(PAGE);
});

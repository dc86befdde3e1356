// Makes the types of the paths from docs/openapi. Each file appears at once, because tests do this at the same time.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const GENERATED = fileURLToPath(new URL('src/generated/', import.meta.url));

mkdirSync(GENERATED, { recursive: true });
for (const app of ['storefront', 'backend']) {
  const types = astToString(await openapiTS(new URL(`../../docs/openapi/${app}.json`, import.meta.url)));
  const unfinished = `${GENERATED}${app}.${process.pid}`;
  writeFileSync(unfinished, types);
  renameSync(unfinished, `${GENERATED}${app}.ts`);
}

import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import project from './package.json' with { type: 'json' };

/** Tests run from the sources: `#mfa` and the others are what package.json says under `source`. */
const alias = Object.entries(project.imports).map(([find, { source }]) => ({
  find: new RegExp(`^${find}$`),
  replacement: fileURLToPath(new URL(source, import.meta.url)),
}));

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['{apps,libs}/**/*.{spec,e2e-spec}.ts'],
    // the long tests are a command of their own: npm run test:pages
    exclude: [...configDefaults.exclude, ...(process.env['TEST_LONG'] ? [] : ['**/*-browser.e2e-spec.ts'])],
    globalSetup: ['libs/testing/src/global-setup.ts'],
    setupFiles: ['reflect-metadata'],
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['libs/*/src/**/*.ts', 'apps/{storefront,backend}/src/**/*.ts'],
      exclude: ['libs/testing/**', '**/*.spec.ts', '**/main.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { 'libs/mfa/src/**': { lines: 90 }, 'libs/client/src/**': { lines: 90 } },
    },
  },
});

import { mergeConfig } from 'vitest/config';
import project from '../../vitest.config.js';

/** `npm run screenshots`: goes through all pages, looks for faults, and stores their pictures. */
export default mergeConfig(
  { ...project, test: { ...project.test, include: [] } },
  { test: { include: ['docs/screenshots/**/*.shots.ts'], testTimeout: 600_000 } },
);

import '#node-version';
import { startApp } from '#platform';
import { createBackend } from './backend.js';

await startApp('backend', createBackend);

import '#node-version';
import { startApp } from '#platform';
import { createStorefront } from './storefront.js';

await startApp('storefront', createStorefront);

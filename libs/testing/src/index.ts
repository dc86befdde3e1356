export { ApiClient, outcome, type Answer } from './api-client.js';
export { createCustomer, createUser, PASSWORD } from './factories.js';
export { mailedCode, wrongCode } from './mail-codes.js';
export { startTestApp, type TestApp } from './test-app.js';
export { TestClock } from './test-clock.js';
export { schemaDrift } from './schema-drift.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
export { testSettings } from './test-settings.js';

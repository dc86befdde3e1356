/**
 * Tells what Vitest's JSON reports say: the coverage, and as the last line "N passed, N failed". A file of tests that
 * could not be run is a failure; so is a run without a test.
 */
import { existsSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';

const [, , testsFile, coverageFile] = process.argv;
const { testResults } = JSON.parse(readFileSync(testsFile, 'utf8'));

const statuses = testResults.flatMap(({ status, assertionResults }) =>
  assertionResults.length > 0 ? assertionResults.map((test) => test.status) : [status],
);
const passed = statuses.filter((status) => status === 'passed').length;
const failed = statuses.filter((status) => status === 'failed').length;

function linesOf(folder, coverage) {
  const files = coverage.filter(([file]) => file.includes(`${sep}${folder}${sep}`)).map(([, { lines }]) => lines);
  const [total, covered] = ['total', 'covered'].map((part) => files.reduce((sum, lines) => sum + lines[part], 0));
  return `${((100 * covered) / total).toFixed(1)} % of the lines of ${folder}`;
}

// Vitest writes it only when all tests pass
if (existsSync(coverageFile)) {
  const coverage = Object.entries(JSON.parse(readFileSync(coverageFile, 'utf8')));
  const folders = ['libs/mfa', 'libs', 'apps'].map((folder) => linesOf(folder, coverage));
  console.log(`Coverage: ${folders.join(', ')}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;

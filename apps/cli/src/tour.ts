import { readSettings, runProgram } from '#platform';
import { readTourCommandLine } from './tour/tour-command-line.js';
import { takeTour } from './tour/take-tour.js';

await runProgram(async () => {
  const options = readTourCommandLine();
  if (options) await takeTour(readSettings(process.env), options);
});

import '#node-version';
import { readSettings, runProgram } from '#platform';
import { runCommandLine } from './command-line.js';
import { takeTour } from './tour/take-tour.js';
import { tourProgram } from './tour/tour-program.js';

const program = tourProgram((addresses) => takeTour(readSettings(process.env), addresses));

await runProgram(() => runCommandLine(program, process.argv.slice(2)));

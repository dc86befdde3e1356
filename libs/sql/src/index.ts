export { countRows } from './count-rows.js';
export { run, statement, unprepared, type Source, type Statement, type Values } from './statement.js';

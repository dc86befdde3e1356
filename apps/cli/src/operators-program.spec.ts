import { describe, expect, it } from 'vitest';
import { testSettings } from '#testing';
import { runCli } from '../test/run-cli.js';
import { operatorsProgram } from './operators-program.js';

const settings = testSettings({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', smtpUrl: 'smtp://127.0.0.1' });
const run = (...words: string[]) => runCli(settings, ...words);

const groups = operatorsProgram(() => settings).commands;
const commands = groups.flatMap((group) => group.commands.map((one) => [group.name(), one.name()]));

describe('The command line of operators', () => {
  it('names every group of commands in its help', async () => {
    const { exitCode, out } = await run('--help');
    expect(exitCode).toBe(0);
    for (const group of groups) expect(out).toMatch(new RegExp(`^  ${group.name()} +\\S`, 'm'));
  });

  it.each(groups.map((group) => group.name()))('names every command of %s in the help of the group', async (name) => {
    const { out } = await run(name, '--help');
    const names = commands.filter(([group]) => group === name).map(([, command = '']) => command);
    expect(names).not.toEqual([]);
    for (const command of names) expect(out).toMatch(new RegExp(`^  ${command} .*\\S`, 'm'));
  });

  it.each(commands)('explains %s %s, without a database', async (group = '', command = '') => {
    const { exitCode, out } = await run(group, command, '--help');
    expect(exitCode).toBe(0);
    expect(out).toContain(`Usage: npm run cli -- ${group} ${command} `);
    expect(out.length).toBeGreaterThan(250);
  });

  it.each([
    [['frob'], "Unknown command 'frob'. Try --help."],
    [['users', 'frob'], "Unknown command 'frob'. Try --help."],
    [['codes', 'purge', '--all'], "Unknown option '--all'. Try --help."],
    [['codes', 'purge', 'now'], "Too many arguments for 'purge'. Expected 0 arguments but got 1. Try --help."],
    [['mfa', 'show', 'customer'], "Missing required argument 'who'. Try --help."],
    [
      ['mfa', 'show', 'guest', 'x'],
      "Command-argument value 'guest' is invalid for argument 'kind'. Allowed choices are customer, user. Try --help.",
    ],
    [['mfa', 'unlock', 'customer', 'DE--1'], "Required option '--reason <text>' not specified. Try --help."],
    [['accounts', 'import', 'file', '--dry-rum'], "Unknown option '--dry-rum' (Did you mean --dry-run?). Try --help."],
  ])('refuses %j in one line', async (words, line) => {
    expect(await run(...words)).toEqual({ exitCode: 1, out: '', err: `ProgramError: ${line}` });
  });

  it.each([[[]], [['mfa']]])('answers %j, which names no command, with the help and a failure', async (words) => {
    const { exitCode, err } = await run(...words);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/^Usage: [\s\S]*Commands:[\s\S]*ProgramError: A command is missing\.$/);
  });
});

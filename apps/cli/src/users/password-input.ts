import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { ProgramError } from '#platform';
import { note } from '../notes.js';

/**
 * Asks for a new password, twice and without showing it.
 *
 * @throws ProgramError without a terminal, or when the two differ
 */
export async function promptPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new ProgramError('There is no terminal to ask for the password: use --password-stdin.');
  }
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  // one for both questions: between two of them the terminal would show what is typed ahead, and lines would get lost
  const prompt = createInterface({ input: process.stdin, output: silence, terminal: true, historySize: 0 });
  const lines = prompt[Symbol.asyncIterator]();
  try {
    const password = await ask('Password: ', lines);
    if ((await ask('Once more: ', lines)) !== password) throw new ProgramError('The two passwords differ.');
    return password;
  } finally {
    prompt.close();
  }
}

/** All of standard input, but for the line end behind it. */
export async function readPassword(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}

async function ask(question: string, lines: AsyncIterator<string>): Promise<string> {
  process.stderr.write(question);
  const { value, done } = await lines.next();
  note('');
  if (done) throw new ProgramError('No password was given.');
  return value;
}

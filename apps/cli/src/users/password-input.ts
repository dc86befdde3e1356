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
  const password = await ask('Password: ');
  if ((await ask('Once more: ')) !== password) throw new ProgramError('The two passwords differ.');
  return password;
}

/** All of standard input, but for the line end behind it. */
export async function readPassword(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}

function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: silence, terminal: true });
  return new Promise((resolve, reject) => {
    prompt.once('close', () => reject(new ProgramError('No password was given.')));
    prompt.once('line', (line) => {
      resolve(line);
      prompt.close();
    });
  }).finally(() => note('')) as Promise<string>;
}

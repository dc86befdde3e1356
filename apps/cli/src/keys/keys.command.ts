import { Argument, type Command } from 'commander';
import { dataFolderError, type Settings } from '#platform';
import { addCommand, addGroup } from '../command-line.js';
import { note } from '../notes.js';
import { progress } from '../progress.js';
import { mfaKeySet, tokenKeySet, type KeySet, type Variables } from './key-set.js';

const ROTATE = `
Adds a new key that signs from now on, and keeps the older ones, which verify what they have signed.

Keys of the environment are not touched: the values to put there are printed on standard output, and nowhere else, as
lines for a file of variables. Generated keys are replaced in DATA_DIR, and count from the next start of the apps on.
`;

const DROP_FORMER = `
Leaves out all keys but the one that signs. What the others have signed is void from then on: codes and grants
(mfa), access tokens (jwt). After a leak do it at once, else when "keys rotate" said.

Keys of the environment are not touched: the values to put there are printed on standard output. Generated keys are
replaced in DATA_DIR, and count from the next start of the apps on.
`;

const KEY_SETS: Readonly<Record<string, (settings: Settings) => KeySet>> = { mfa: mfaKeySet, jwt: tokenKeySet };

export function addKeysCommands(program: Command, settings: () => Settings): void {
  const keys = addGroup(program, 'keys', 'Keys that sign codes and access tokens');
  const which = (): Argument => new Argument('[which]', 'default: both').choices(Object.keys(KEY_SETS));
  addCommand(keys, 'rotate', 'makes new keys', ROTATE)
    .addArgument(which())
    .action((name?: string) => forEach(settings(), name, rotate));
  addCommand(keys, 'drop-former', 'leaves out the keys that do not sign any more', DROP_FORMER)
    .addArgument(which())
    .action((name?: string) => forEach(settings(), name, dropFormer));
}

function forEach(settings: Settings, chosen: string | undefined, change: (name: string, keys: KeySet) => void): void {
  for (const [name, keySet] of Object.entries(KEY_SETS)) {
    if (chosen === undefined || chosen === name) change(name, keySet(settings));
  }
}

function rotate(which: string, keys: KeySet): void {
  const later = `${duration(keys.formerLifeSeconds)} after that: npm run -s cli -- keys drop-former ${which}`;
  if (!keys.isGiven) {
    keepGenerated(keys, keys.rotated());
    note(`Restart the apps; ${later}`);
    return;
  }
  print('1. To all instances, one after the other: the new key verifies, the present one signs', keys.announced());
  print('2. Then to all instances: the new key signs, all verify', keys.rotated());
  print(`3. ${later}`);
}

function dropFormer(_which: string, keys: KeySet): void {
  if (keys.isGiven) print(`The ${keys.name} without the former ones`, keys.withoutFormer());
  else keepGenerated(keys, keys.withoutFormer());
}

function keepGenerated(keys: KeySet, variables: Variables): void {
  try {
    keys.keep(variables);
  } catch (error) {
    throw dataFolderError(error);
  }
  note(`The generated ${keys.name} were replaced in DATA_DIR.`);
}

function print(comment: string, variables: Variables = {}): void {
  progress(`# ${comment}`);
  for (const [name, value] of Object.entries(variables)) progress(`${name}=${value}`);
}

function duration(seconds: number): string {
  const hours = seconds / 3600;
  if (hours < 2) return `${Math.ceil(seconds / 60)} minutes`;
  return hours < 72 ? `${Math.ceil(hours)} hours` : `${Math.ceil(hours / 24)} days`;
}

import { Argument, type Command } from 'commander';
import { dataFolderError, type Settings } from '#platform';
import { addCommand, addGroup } from '../command-line.js';
import { note, progress } from '../terminal.js';
import { encryptionKeySet, type KeySet, mfaKeySet, tokenKeySet, type Variables } from './key-set.js';

const ROTATE = `
Adds a new key that signs or seals from now on, and keeps the older ones, which verify what they have signed and open
what they have sealed.

Keys of the environment are not touched: the values to put there are printed on standard output, and nowhere else, as
lines for a file of variables. Generated keys are replaced in DATA_DIR, and count from the next start of the apps on.
`;

const DROP_FORMER = `
Leaves out all keys but the first one. What the others have signed is void from then on: codes and grants (mfa), access
tokens (jwt). After a leak do it at once, else when "keys rotate" said.

What the others have sealed cannot be opened any more: people lose their second factor (encryption). These keys are
dropped only when "encryption" is named: do so only after "mfa reseal" has moved all credentials to the first key.

Keys of the environment are not touched: the values to put there are printed on standard output. Generated keys are
replaced in DATA_DIR, and count from the next start of the apps on.
`;

const KEY_SETS: Readonly<Record<string, (settings: Settings) => KeySet>> = {
  mfa: mfaKeySet,
  jwt: tokenKeySet,
  encryption: encryptionKeySet,
};

export function addKeysCommands(program: Command, settings: () => Settings): void {
  const keys = addGroup(program, 'keys', 'Keys that sign codes and access tokens, and that seal credentials');
  const which = (description: string): Argument => new Argument('[which]', description).choices(Object.keys(KEY_SETS));
  addCommand(keys, 'rotate', 'makes new keys', ROTATE)
    .addArgument(which('default: all'))
    .action((name?: string) => forEach(settings(), name, rotate));
  addCommand(keys, 'drop-former', 'leaves out the keys that are not in use any more', DROP_FORMER)
    .addArgument(which('default: all but encryption'))
    .action((name?: string) =>
      forEach(settings(), name, (each, keySet) => dropFormer(each, keySet, name !== undefined)),
    );
}

function forEach(settings: Settings, chosen: string | undefined, change: (name: string, keys: KeySet) => void): void {
  for (const [name, keySet] of Object.entries(KEY_SETS)) {
    if (chosen === undefined || chosen === name) change(name, keySet(settings));
  }
}

function rotate(which: string, keys: KeySet): void {
  if (!keys.isGiven) {
    keepGenerated(keys, keys.rotated());
    note(`Restart the apps. ${whenToDrop(which, keys)}`);
    return;
  }
  const announced = keys.announced();
  if (!announced) {
    print(`To all instances: the first of the ${keys.name}`, keys.rotated());
    return;
  }
  print(`1. To all instances, one after the other: they know the new key, the present one ${keys.firstKey}`, announced);
  print(`2. Then to all instances: the new key ${keys.firstKey}, the former ones are still known`, keys.rotated());
  print(`3. ${whenToDrop(which, keys)}`);
}

function dropFormer(which: string, keys: KeySet, isNamed: boolean): void {
  if ('command' in keys.beforeDropping && !isNamed) {
    note(`Former ${keys.name} are dropped only by name. ${whenToDrop(which, keys)}`);
    return;
  }
  if (keys.isGiven) print(`The ${keys.name} without the former ones`, keys.withoutFormer());
  else keepGenerated(keys, keys.withoutFormer());
}

function whenToDrop(which: string, { beforeDropping }: KeySet): string {
  const before =
    'command' in beforeDropping
      ? `After \`npm run -s cli -- ${beforeDropping.command}\` ${beforeDropping.result}`
      : `${duration(beforeDropping.seconds)} after that`;
  return `${before}: npm run -s cli -- keys drop-former ${which}`;
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

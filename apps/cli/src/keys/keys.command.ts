import { createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { Argument, type Command } from 'commander';
import { WAREHOUSE_TOKEN_TTL_SECONDS } from '#auth';
import {
  dataFolderError,
  type Settings,
  keepDevelopmentMfaEncryptionKeys,
  keepDevelopmentMfaSecrets,
  keepDevelopmentTokenKeys,
  newEncryptionKey,
  newPrivateKey,
  newSecret,
} from '#platform';
import { addCommand, addGroup, note, progress } from '../command-line.js';

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

/** Environment variables with their new values. */
type Variables = Readonly<Record<string, string>>;

/** What must come before former keys are dropped. */
type BeforeDropping =
  /** Time: everything that the former keys have signed has expired by then. */
  | { readonly seconds: number }
  /** A command: without it everything that the former keys have sealed is lost, so they are dropped only by name. */
  | { readonly command: string; readonly result: string };

/** The keys for one purpose, before and after a change. */
interface KeySet {
  /** What to say of them. */
  readonly name: string;
  /** Whether the environment gives them, or has to; if not they are generated ones, which `keep` replaces. */
  readonly isGiven: boolean;
  /** What the first key does, and no other one. */
  readonly firstKey: 'signs' | 'seals';
  readonly beforeDropping: BeforeDropping;
  /**
   * The new key is known, the present one is still the first: for the time in which some instances do not know the new
   * one yet.
   *
   * @returns undefined when there is no present key, so that nothing has to be announced
   */
  announced(): Variables | undefined;
  /** The new key is the first one, the others are kept. */
  rotated(): Variables;
  /** The present key alone. */
  withoutFormer(): Variables;
  keep(variables: Variables): void;
}

function mfaKeySet(settings: Settings): KeySet {
  const present = settings.mfaSecrets().map(({ id, secret }) => `${id}:${secret.toString('base64')}`);
  const added = `${newId()}:${newSecret()}`;
  const variables = (secrets: readonly string[]): Variables => ({ MFA_SECRETS: secrets.join(',') });
  return {
    name: 'secrets for codes',
    isGiven: settings.givenKeys.mfa,
    firstKey: 'signs',
    beforeDropping: {
      seconds: Math.max(...Object.values(settings.mfa).map((one) => one.codeTtlSeconds + one.graceSeconds)),
    },
    announced: () => variables([...present, added]),
    rotated: () => variables([added, ...present]),
    withoutFormer: () => variables(present.slice(0, 1)),
    keep: ({ MFA_SECRETS = '' }) => keepDevelopmentMfaSecrets(settings.dataDir, MFA_SECRETS),
  };
}

function encryptionKeySet(settings: Settings): KeySet {
  const isMissing = settings.environment === 'production' && !settings.givenKeys.encryption;
  const present = (): string[] => settings.mfaEncryptionKeys().map(({ id, key }) => `${id}:${key.toString('base64')}`);
  const added = `${newId()}:${newEncryptionKey()}`;
  const variables = (keys: readonly string[]): Variables => ({ MFA_ENCRYPTION_KEYS: keys.join(',') });
  return {
    name: 'encryption keys',
    isGiven: settings.givenKeys.encryption || isMissing,
    firstKey: 'seals',
    beforeDropping: { command: 'mfa reseal', result: 'has moved all credentials to the first key' },
    announced: () => (isMissing ? undefined : variables([...present(), added])),
    rotated: () => variables(isMissing ? [added] : [added, ...present()]),
    withoutFormer: () => variables(present().slice(0, 1)),
    keep: ({ MFA_ENCRYPTION_KEYS = '' }) => keepDevelopmentMfaEncryptionKeys(settings.dataDir, MFA_ENCRYPTION_KEYS),
  };
}

function tokenKeySet(settings: Settings): KeySet {
  const { publicKeys } = settings.tokenKeys();
  const added = newPrivateKey();
  const former = publicKeys.slice(1);
  return {
    name: 'keys of access tokens',
    isGiven: settings.givenKeys.jwt,
    firstKey: 'signs',
    beforeDropping: { seconds: Math.max(settings.accessTokenTtlSeconds, WAREHOUSE_TOKEN_TTL_SECONDS) },
    announced: () => ({ JWT_PUBLIC_KEYS: encoded([createPublicKey(added), ...former].map(pemOf).join('')) }),
    rotated: () => ({ JWT_PRIVATE_KEY: encoded(added), JWT_PUBLIC_KEYS: encoded(publicKeys.map(pemOf).join('')) }),
    withoutFormer: () => ({ JWT_PUBLIC_KEYS: '' }),
    keep: ({ JWT_PRIVATE_KEY, JWT_PUBLIC_KEYS = '' }) =>
      keepDevelopmentTokenKeys(settings.dataDir, decoded(JWT_PUBLIC_KEYS), JWT_PRIVATE_KEY && decoded(JWT_PRIVATE_KEY)),
  };
}

/** The day, and something random. */
const newId = (): string => `${new Date().toISOString().slice(0, 10)}-${randomBytes(4).toString('hex')}`;

const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

/** A PEM has several lines, which not every file of variables can hold. */
const encoded = (text: string): string => Buffer.from(text).toString('base64');
const decoded = (text: string): string => Buffer.from(text, 'base64').toString();

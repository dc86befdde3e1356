import { closest, distance } from 'fastest-levenshtein';
import { SettingError } from './setting-error.js';

/** Other programs have variables that begin with these words too. */
const COMMON_WORDS = [
  ...['NODE', 'LOG', 'HOST', 'DATA', 'DATABASE', 'SMTP', 'MAIL', 'PASSWORD', 'DEMO'],
  ...['ACCESS', 'REFRESH', 'CUSTOMER', 'ACCOUNT', 'CLIENT', 'CART', 'GUEST', 'PUBLIC'],
];

/** What Kubernetes tells each container of a service with the name of an app. */
const SERVICE_LINK = /_(?:SERVICE_(?:HOST|PORT)(?:_\w+)?|PORT_\d+_(?:TCP|UDP)(?:_\w+)?)$/;

/** A short name is near to too many others. */
const SHORTEST = 8;
const SLIPS = 2;

/**
 * A setting that is not read because of a slip would leave its default in force unseen. So a variable that begins like
 * ours but is none stops the start, and where the word is a common one, a variable that nearly is one of ours.
 *
 * @throws SettingError naming each such variable, and the setting whose name is nearest
 */
export function refuseMisspelt(variables: readonly string[], known: readonly string[]): void {
  const words = new Set(known.map(firstWord).filter((word) => !COMMON_WORDS.includes(word)));
  const misspelt = variables.filter((variable) => {
    if (known.includes(variable) || SERVICE_LINK.test(variable)) return false;
    return words.has(firstWord(variable)) || isNearly(variable, closest(variable, known));
  });
  if (misspelt.length === 0) return;
  const lines = misspelt.map((variable) => `${variable} is no setting; the nearest one is ${closest(variable, known)}`);
  throw new SettingError(lines.join('\n'));
}

function isNearly(variable: string, name: string): boolean {
  return variable.length >= SHORTEST && variable[0] === name[0] && distance(variable, name) <= SLIPS;
}

function firstWord(name: string): string {
  return name.split('_', 1)[0] ?? '';
}

import { closest, distance } from 'fastest-levenshtein';
import { SettingError } from './setting-error.js';

/** Words with which variables of other programs start too. */
const COMMON_WORDS = [
  ...['NODE', 'LOG', 'HOST', 'DATA', 'DATABASE', 'SMTP', 'MAIL', 'PASSWORD', 'DEMO'],
  ...['ACCESS', 'REFRESH', 'CUSTOMER', 'ACCOUNT', 'CLIENT', 'CART', 'GUEST', 'PUBLIC'],
];

/** Variables that Kubernetes sets in containers for a service named like one of the apps. */
const SERVICE_LINK = /_(?:SERVICE_(?:HOST|PORT)(?:_\w+)?|PORT_\d+_(?:TCP|UDP)(?:_\w+)?)$/;

/** Shorter names are similar to too many others. */
const SHORTEST = 8;
const SLIPS = 2;

/**
 * A misspelt setting would silently leave its default in force. So an unknown variable stops the start if its first
 * word is used by Sallyport only, or if the variable is nearly the name of a setting.
 *
 * @throws SettingError naming each such variable and the most similar setting
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

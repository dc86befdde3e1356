import type { Texts } from './en/index.js';

/** The name of a method for people; a plug-in without texts is called as in the API. */
export function methodName({ methods }: Texts, type: string): string {
  return Object.hasOwn(methods, type) ? (methods[type]?.name ?? type) : type;
}

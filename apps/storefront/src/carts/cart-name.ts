/** In characters (contract: resources, section 2.4). */
export const MAXIMUM_NAME_LENGTH = 30;

/** The name itself, or with the first number behind it that makes it another name than all those of other carts. */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 1; taken.has(free); number += 1) free = numbered(name, number);
  return free;
}

/** The end of a long name gives way to the number. */
function numbered(name: string, number: number): string {
  const suffix = ` ${number}`;
  return [...name].slice(0, MAXIMUM_NAME_LENGTH - suffix.length).join('') + suffix;
}

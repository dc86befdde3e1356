/** Number of characters (contract: resources, section 2.4). */
export const MAXIMUM_NAME_LENGTH = 30;

/** The name itself, or, if it is taken, the name with the lowest number that makes it unique. */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 1; taken.has(free); number += 1) free = numbered(name, number);
  return free;
}

/** A long name is cut to make room for the number. */
function numbered(name: string, number: number): string {
  const suffix = ` ${number}`;
  return [...name].slice(0, MAXIMUM_NAME_LENGTH - suffix.length).join('') + suffix;
}

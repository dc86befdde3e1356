/** An entry, or a whole chain, in a line for the person at the terminal. */
export function entryName({ kind, id, sequence }: { kind: string; id: string; sequence: string | null }): string {
  const account = [kind, id].map(printable).join(' ');
  return sequence === null ? account : `${account}, entry ${sequence}`;
}

/** What somebody wrote into the trail must not steer the terminal. */
export function printable(text: string): string {
  return /^[\w.@-]+$/.test(text) ? text : JSON.stringify(text);
}

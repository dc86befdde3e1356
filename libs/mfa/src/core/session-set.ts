import type { CodeOwner } from './code.js';

/** About 10 MB. */
const MOST_SESSIONS = 50_000;

/** Sessions of accounts; the first one added makes room when there are 50,000. */
export class SessionSet {
  private readonly keys = new Set<string>();

  has(session: CodeOwner): boolean {
    return this.keys.has(keyOf(session));
  }

  add(session: CodeOwner): void {
    this.keys.add(keyOf(session));
    if (this.keys.size <= MOST_SESSIONS) return;
    const [first = ''] = this.keys;
    this.keys.delete(first);
  }

  delete(session: CodeOwner): void {
    this.keys.delete(keyOf(session));
  }
}

function keyOf({ account: { kind, id }, sessionId }: CodeOwner): string {
  return `${kind} ${id} ${sessionId}`;
}

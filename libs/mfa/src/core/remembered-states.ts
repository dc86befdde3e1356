import type { AccountState } from './account-state.js';
import type { CodeOwner } from './code.js';

/** About 20 MB. */
const MOST_STATES = 10_000;

/** A change by hand that forgot the revision counts at the latest after this time. */
const TRUSTED_MS = 60_000;

/**
 * Accounts as sessions found them when a value was taken again within its grant: as long as an account has the same
 * revision, nothing of it needs to be read but that.
 */
export class RememberedStates {
  private readonly states = new Map<string, { readonly state: AccountState; readonly until: number }>();

  get(session: CodeOwner, now: Date): AccountState | undefined {
    const remembered = this.states.get(keyOf(session));
    return remembered && now.getTime() < remembered.until ? remembered.state : undefined;
  }

  /** The first one that was remembered makes room when there are 10,000. One that is still trusted gets no more time. */
  remember(session: CodeOwner, state: AccountState, now: Date): void {
    if (this.get(session, now)?.revision === state.revision) return;
    const key = keyOf(session);
    this.states.delete(key);
    this.states.set(key, { state, until: now.getTime() + TRUSTED_MS });
    if (this.states.size <= MOST_STATES) return;
    const [first = ''] = this.states.keys();
    this.states.delete(first);
  }

  /** What is remembered is of no more use: the account changed, or its grant is over. */
  forget(session: CodeOwner): void {
    this.states.delete(keyOf(session));
  }
}

function keyOf({ account: { kind, id }, sessionId }: CodeOwner): string {
  // no text of the database has the character between them
  return [kind, id, sessionId].join('\0');
}

import type { AccountState } from './account-state.js';
import type { CodeOwner } from './code.js';

/** About 20 MB of memory. */
const MOST_STATES = 10_000;

/** A manual change in the database that did not raise the revision takes effect after this time at the latest. */
const TRUSTED_MS = 60_000;

/**
 * The states of accounts, remembered for sessions that used a value again within its grant. As long as the revision is
 * the same, only the revision needs to be read.
 */
export class RememberedStates {
  private readonly states = new Map<string, { readonly state: AccountState; readonly until: number }>();

  get(session: CodeOwner, now: Date): AccountState | undefined {
    const remembered = this.states.get(keyOf(session));
    return remembered && now.getTime() < remembered.until ? remembered.state : undefined;
  }

  /** When the limit is reached, the oldest state is dropped. A state that is still trusted does not get more time. */
  remember(session: CodeOwner, state: AccountState, now: Date): void {
    if (this.get(session, now)?.revision === state.revision) return;
    const key = keyOf(session);
    this.states.delete(key);
    this.states.set(key, { state, until: now.getTime() + TRUSTED_MS });
    if (this.states.size <= MOST_STATES) return;
    const [first = ''] = this.states.keys();
    this.states.delete(first);
  }

  /** Call it when the account has changed or the grant has ended. */
  forget(session: CodeOwner): void {
    this.states.delete(keyOf(session));
  }
}

function keyOf({ account: { kind, id }, sessionId }: CodeOwner): string {
  // PostgreSQL texts cannot contain this separator
  return [kind, id, sessionId].join('\0');
}

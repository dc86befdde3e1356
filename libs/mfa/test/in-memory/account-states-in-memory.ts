import type { Account } from '../../src/core/account.js';
import type { AccountState, Evidence } from '../../src/core/account-state.js';
import type { Decision, Outcome } from '../../src/core/decisions/decision.js';
import type { OpenGrants } from '../../src/core/decisions/removal.js';
import { AccountStateRepository, type Subject } from '../../src/persistence/account-state.repository.js';
import type { EvidenceScope } from '../../src/persistence/load.sql.js';
import { applied, NEVER_STORED, seenFrom, type StoredAccount } from './stored-account.js';

/** One account without a database: decisions about it come one after another, and each is committed. */
export class AccountStatesInMemory extends AccountStateRepository {
  private stored: StoredAccount = NEVER_STORED;

  constructor() {
    super(undefined as never);
  }

  override async decide<T>(
    subject: Subject,
    decision: (state: AccountState) => Decision<T> | Promise<Decision<T>>,
  ): Promise<Outcome<T>> {
    const { changes, outcome } = await decision(await this.load(subject));
    if (changes) this.stored = applied(this.stored, changes);
    return outcome;
  }

  override async load({ account, sessionId }: Omit<Subject, 'actor' | 'at'>): Promise<AccountState> {
    return { account, ...seenFrom(this.stored, sessionId), requirements: [], isOnBehalfOfProtected: false };
  }

  override async loadEvidence(_state: AccountState, scope: Omit<EvidenceScope, 'codes'>): Promise<Evidence> {
    const { codes, credentials, recoveryDigests } = this.stored.evidence;
    return {
      codes,
      credentials: scope.credentials ? credentials : [],
      recoveryDigests: scope.recoveryDigests ? recoveryDigests : [],
    };
  }

  override async loadGrants(_account: Account, now: Date): Promise<OpenGrants> {
    const { grants } = this.stored;
    const alive = grants.filter(({ expiresAt }) => expiresAt > now);
    return {
      sessionIds: grants.map(({ sessionId }) => sessionId),
      aliveSessionIds: alive.map(({ sessionId }) => sessionId),
    };
  }
}

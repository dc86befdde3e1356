import { Inject, Injectable } from '@nestjs/common';
import { AccountStateRepository } from '../persistence/account-state.repository.js';
import type { AccountState } from './account-state.js';
import { macOf, matches, type Code, type CodeMac, type CodePurpose, type MfaSecret } from './code.js';
import { CredentialVault } from './credential-vault.js';
import type { Account } from './account.js';
import { lockOf, type Rules } from './decisions/decision.js';
import { aliveGrant, type Submission } from './decisions/judgement.js';
import { proves, sendsCodes, type Attempt, type Kept, type Method } from './method.js';
import { MFA_OPTIONS, type ResolvedMfaOptions } from './mfa.options.js';
import { NOTHING_RECOGNISED, type MethodProof, type Proof } from './proof.js';

interface Owner {
  readonly account: Account;
  readonly sessionId: string;
}

/** A value, and the methods that check it. */
export interface Examination {
  readonly value: Code;
  readonly methods: readonly Method[];
  readonly purpose: CodePurpose;
  readonly rules: Rules;
}

export interface Examined {
  /** With the evidence if it was needed. */
  readonly state: AccountState;
  readonly submission: Submission;
}

/** Finds the stored data that a submitted value matches. It does not decide whether the value is valid. */
@Injectable()
export class Recogniser {
  private readonly secrets: readonly MfaSecret[];

  constructor(
    private readonly states: AccountStateRepository,
    private readonly vault: CredentialVault,
    @Inject(MFA_OPTIONS) { secrets }: ResolvedMfaOptions,
  ) {
    this.secrets = secrets;
  }

  /** The MAC under which a value is stored, made with the first secret. */
  sign(owner: Owner, method: string, value: string): CodeMac {
    const [signing] = this.secrets;
    if (!signing) throw new TypeError('a secret for codes is needed');
    return macOf(signing, owner, method, value);
  }

  /**
   * Asks methods about a submitted value.
   *
   * In the usual case the value opened the session's grant, and nothing more is read.
   */
  async examine(state: AccountState, owner: Owner, { value, methods, purpose, rules }: Examination): Promise<Examined> {
    const { sessionId } = owner;
    if (methods.length === 0 || lockOf(state, rules))
      return { state, submission: { sessionId, recognition: NOTHING_RECOGNISED } };
    const isGrantValue = purpose === 'step-up' && this.isGrantValue(state, owner, methods, value);
    if (isGrantValue && aliveGrant(state, rules)) {
      return { state, submission: { sessionId, recognition: { isGrantValue, proofs: [] } } };
    }
    const known = await this.withEvidence(
      state,
      methods.filter((method) => canonicalOf(method, value) !== undefined),
    );
    const proofs = await this.proofsOf(known, owner, { value, methods, purpose, rules });
    return { state: known, submission: { sessionId, recognition: { isGrantValue, proofs } } };
  }

  /** Adds the data with which the values of some methods are compared. */
  async withEvidence(state: AccountState, methods: readonly Method[]): Promise<AccountState> {
    const scope = {
      credentials: methods.some((method) => proves(method) && !method.isBackup),
      recoveryDigests: methods.some(({ isBackup }) => isBackup),
    };
    return { ...state, evidence: await this.states.loadEvidence(state, scope) };
  }

  private isGrantValue({ grant }: AccountState, owner: Owner, methods: readonly Method[], value: Code): boolean {
    const method = grant ? methods.find(({ name }) => name === grant.method) : undefined;
    const canonical = method && canonicalOf(method, value);
    if (!grant || canonical === undefined) return false;
    return matches(grant, this.secrets, owner, grant.method, canonical);
  }

  private async proofsOf(
    state: AccountState,
    owner: Owner,
    { value, methods, purpose, rules }: Examination,
  ): Promise<readonly MethodProof[]> {
    const proofs: MethodProof[] = [];
    for (const method of methods) {
      const canonical = canonicalOf(method, value);
      const proof = canonical && (await this.proofOf(state, owner, method, canonical, { purpose, now: rules.now }));
      if (canonical && proof) proofs.push(this.claimed(owner, method, canonical, proof));
    }
    return proofs;
  }

  /** The stored data of a method. A secret is opened only when the method asks for it. */
  keptFor({ account, evidence }: AccountState, { name }: Method): Kept {
    const credentials = evidence.credentials
      .filter(({ method }) => method === name)
      .map((credential) => ({ ...credential, open: () => this.vault.open({ ...credential, account }) }));
    return { credentials, recoveryDigests: evidence.recoveryDigests };
  }

  attempt(state: AccountState, owner: Owner, method: Method, moment: Pick<Attempt, 'purpose' | 'now'>): Attempt {
    const { account } = owner;
    return {
      ...this.keptFor(state, method),
      ...moment,
      account,
      challengeMac: (challenge) =>
        state.evidence.codes.find(
          (code) => code.method === method.name && matches(code, this.secrets, owner, method.name, challenge),
        )?.mac ?? this.sign(owner, method.name, challenge).mac,
    };
  }

  private async proofOf(
    state: AccountState,
    owner: Owner,
    method: Method,
    canonical: Code,
    moment: Pick<Attempt, 'purpose' | 'now'>,
  ): Promise<Proof | undefined> {
    if (proves(method)) return method.prove(canonical, this.attempt(state, owner, method, moment));
    if (!sendsCodes(method)) return undefined;
    const code = state.evidence.codes.find(
      (each) => each.method === method.name && matches(each, this.secrets, owner, method.name, canonical),
    );
    return code && { challengeMac: code.mac };
  }

  private claimed(owner: Owner, { name }: Method, canonical: Code, { credential, ...proof }: Proof): MethodProof {
    const kept = credential && this.vault.keep(owner.account, name, credential, null);
    return { ...proof, method: name, grantMac: this.sign(owner, name, canonical), ...(kept && { credential: kept }) };
  }
}

function canonicalOf(method: Method, value: Code): Code | undefined {
  return (method.canonical ? method.canonical(value) : value) as Code | undefined;
}

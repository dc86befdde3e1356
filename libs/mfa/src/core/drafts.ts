import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from './caller.js';
import { drawCode, type Code } from './code.js';
import { CredentialVault } from './credential-vault.js';
import type { SetUp } from './decisions/activation.js';
import { after, type Rules } from './decisions/decision.js';
import type { Issuable } from './decisions/issue.js';
import { challenges, handsOut, sendsCodes, type Begun, type Method } from './method.js';
import { MFA_OPTIONS, type ResolvedMfaOptions } from './mfa.options.js';
import { Recogniser } from './recogniser.js';

const CHALLENGE_BYTES = 32;

/** What is issued for a method, together with the plain text that only the person sees. */
export interface Draft {
  readonly issuable?: Issuable;
  /** The code in plain text, to be sent. */
  readonly code?: Code;
  /** base64url. */
  readonly challenge: string;
}

/** The draft of a set-up, and the answer of activate. */
export interface SetUpDraft extends Draft {
  readonly setUp: Omit<SetUp, 'isOffered'>;
  readonly answer?: Begun['answer'];
}

/** Draws secrets before the decision: if the decision must be taken again, it uses the same ones. */
@Injectable()
export class Drafts {
  constructor(
    private readonly recogniser: Recogniser,
    private readonly vault: CredentialVault,
    @Inject(MFA_OPTIONS) private readonly options: ResolvedMfaOptions,
  ) {}

  /** Drafts a code to be sent, or a challenge. Other methods issue nothing. */
  issue(caller: Caller, method: Method, { limits }: Rules): Draft {
    const challenge = randomBytes(CHALLENGE_BYTES).toString('base64url');
    if (sendsCodes(method)) {
      const code = drawCode(limits.codeLength);
      return { code, challenge, issuable: { ...this.recogniser.sign(caller, method.name, code), isSent: true } };
    }
    if (!challenges(method)) return { challenge };
    return { challenge, issuable: { ...this.recogniser.sign(caller, method.name, challenge), isSent: false } };
  }

  async setUp(caller: Caller, method: Method, rules: Rules): Promise<SetUpDraft> {
    const { account, sessionId } = caller;
    const draft = this.issue(caller, method, rules);
    const { issuable, challenge } = draft;
    const setUp = { method: method.name, sessionId, ...(issuable && { issuable }) };
    // a method whose secret could not be sealed is not offered, and so refused
    const canKeep = this.vault.canSeal || !method.keepsSecrets;
    if (!handsOut(method) || !canKeep) return { ...draft, setUp };
    const expiresAt = after(rules.now, rules.limits.codeTtlSeconds);
    const recipient = await this.options.delivery?.recipientOf(account);
    const begun = await method.begin({ account, label: recipient?.email ?? account.id, expiresAt, challenge });
    const { answer, credential, recoveryDigests } = begun;
    const kept = credential && this.vault.keep(account, method.name, credential, expiresAt);
    return {
      ...draft,
      answer,
      setUp: { ...setUp, ...(kept && { credential: kept }), ...(recoveryDigests && { recoveryDigests }) },
    };
  }
}

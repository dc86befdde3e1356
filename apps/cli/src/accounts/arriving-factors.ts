import { type AccountCopyService, type CopiedCredential, type CopyOwner, type EncryptionKey, FactorStatus } from '#mfa';
import type { EntryLine } from '../lines/json-lines.js';
import type { Problems } from '../loading/problems.js';
import { type AccountEntry, type FactorsEntry, naturalKeyOf } from './account-entry.js';

/** How many active methods were left out, and of how many accounts. */
export class LeftOutMethods {
  constructor(
    private methods = 0,
    private accounts = 0,
  ) {}

  /** @param methods of one more account */
  add(methods: number): void {
    if (methods === 0) return;
    this.methods += methods;
    this.accounts += 1;
  }

  /** @returns a line for the operator; undefined: none was left out */
  text(reason: string): string | undefined {
    if (this.methods === 0) return undefined;
    return `Methods that were left out, because ${reason}: ${this.methods} of ${this.accounts} accounts`;
  }
}

/** Decides which second factors of a file can be used here, and counts those that cannot. */
export class ArrivingFactors {
  /** Their secrets are in the file, and no key opens them. */
  private readonly withoutKey = new LeftOutMethods();
  /** What they need is not in the file. */
  private readonly withoutCredential = new LeftOutMethods();
  private readonly methodsThatHandOut: ReadonlySet<string>;

  constructor(
    private readonly copies: AccountCopyService,
    private readonly key: EncryptionKey | undefined,
    private readonly problems: Problems,
  ) {
    this.methodsThatHandOut = new Set(copies.methodsThatHandOut);
  }

  /** What was left out and why, a line each. */
  get leftOut(): readonly string[] {
    const texts = [
      this.withoutKey.text('what is kept of them needs --sealed-for'),
      this.withoutCredential.text('the file has nothing of what they need'),
    ];
    return texts.filter((text) => text !== undefined);
  }

  /** @returns the account with the factors that can be used, and with their credentials where there is a key */
  choose({ number, entry }: EntryLine<AccountEntry>): EntryLine<AccountEntry> {
    const { mfa } = entry;
    if (!mfa) return { number, entry };
    const { credentials = [], ...factors } = mfa;
    if (this.key) this.checkAll(number, { kind: entry.kind, naturalKey: naturalKeyOf(entry) }, credentials, this.key);
    const methods = this.chosenMethods(factors.methods, credentials);
    const chosen = this.key && credentials.length > 0 ? { ...factors, methods, credentials } : { ...factors, methods };
    return { number, entry: { ...entry, mfa: chosen } };
  }

  private chosenMethods(
    methods: FactorsEntry['methods'],
    credentials: readonly CopiedCredential[],
  ): FactorsEntry['methods'] {
    const arrived = new Set(credentials.map(({ method }) => method));
    const isUsable = ({ method }: { readonly method: string }): boolean =>
      arrived.has(method) ? this.key !== undefined : !this.methodsThatHandOut.has(method);
    const lost = methods.filter((one) => one.status === FactorStatus.active && !isUsable(one));
    this.withoutKey.add(lost.filter(({ method }) => arrived.has(method)).length);
    this.withoutCredential.add(lost.filter(({ method }) => !arrived.has(method)).length);
    return methods.filter(isUsable);
  }

  private checkAll(line: number, owner: CopyOwner, credentials: readonly CopiedCredential[], key: EncryptionKey): void {
    for (const [index, credential] of credentials.entries()) {
      const wrong = this.wrongWith(owner, credential, key);
      if (wrong !== undefined) this.problems.add(line, ['mfa', 'credentials', index], wrong);
    }
  }

  private wrongWith(owner: CopyOwner, credential: CopiedCredential, key: EncryptionKey): string | undefined {
    const { keyId } = credential;
    if (keyId !== key.id) return `is sealed for the key ${keyId}, not for ${key.id}`;
    if (this.copies.openCopy(owner, credential, key)) return undefined;
    return `cannot be opened by the key ${keyId}: it is of another key or account, or was changed`;
  }
}

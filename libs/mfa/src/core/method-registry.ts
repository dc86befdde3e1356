import { Inject, Injectable } from '@nestjs/common';
import type { AccountKind } from './account.js';
import { METHODS, type Method } from './method.js';
import { MFA_OPTIONS, type ResolvedMfaOptions } from './mfa.options.js';

const NAME = /^[a-z][a-z0-9-]{0,31}$/;

/** All registered methods in their order, and which of them are offered. */
@Injectable()
export class MethodRegistry {
  readonly backups: ReadonlySet<string>;
  private readonly offered: Readonly<Record<AccountKind, readonly Method[]>>;

  constructor(
    @Inject(METHODS) private readonly methods: readonly Method[],
    @Inject(MFA_OPTIONS) { offeredMethods }: Pick<ResolvedMfaOptions, 'offeredMethods'>,
  ) {
    const names = methods.map(({ name }) => name);
    const wrong = names.find((name, index) => !NAME.test(name) || names.indexOf(name) !== index);
    if (wrong !== undefined)
      throw new TypeError(`The MFA method "${wrong}" has a malformed name or is registered twice.`);
    if (names.length === 0) throw new TypeError('No MFA method is registered.');
    this.backups = new Set(methods.filter(({ isBackup }) => isBackup).map(({ name }) => name));
    this.offered = {
      customer: this.choose('customer', offeredMethods?.customer),
      user: this.choose('user', offeredMethods?.user),
    };
  }

  /** The methods that can be set up, in the order in which they are offered. */
  offeredTo(kind: AccountKind): readonly Method[] {
    return this.offered[kind];
  }

  isOffered(method: string, kind: AccountKind): boolean {
    return this.offered[kind].some(({ name }) => name === method);
  }

  /** All registered methods, for any kind of account. */
  get all(): readonly Method[] {
    return this.methods;
  }

  /** Also finds methods that are no longer offered: accounts that have one continue to use it. */
  find(name: string, kind: AccountKind): Method | undefined {
    return this.methodsOf(kind).find((method) => method.name === name);
  }

  /** All methods that this kind of account can have. */
  methodsOf(kind: AccountKind): readonly Method[] {
    return this.methods.filter((method) => method.offeredTo.includes(kind));
  }

  get keepsSecrets(): boolean {
    return Object.values(this.offered).some((methods) => methods.some(({ keepsSecrets }) => keepsSecrets));
  }

  /** @throws UnusableMethods if a name is unknown or listed twice, or if none of the methods protects an account */
  private choose(kind: AccountKind, names: readonly string[] | undefined): readonly Method[] {
    const there = this.methodsOf(kind);
    if (!names) return there;
    const known = there.map(({ name }) => name);
    const unknown = names.find((name, index) => !known.includes(name) || names.indexOf(name) !== index);
    if (unknown !== undefined)
      throw new UnusableMethods(kind, `names "${unknown}", which is unknown or named twice`, known);
    const chosen = names.flatMap((name) => there.filter((method) => method.name === name));
    if (chosen.every(({ isBackup }) => isBackup)) throw new UnusableMethods(kind, 'has no method that protects', known);
    return chosen;
  }
}

/** A configured list of methods that does not work stops the start. */
class UnusableMethods extends Error {
  override readonly name = 'UnusableMethods';
  /** The message is for the person who configured the list. */
  readonly forOperator = true;

  constructor(kind: AccountKind, fault: string, known: readonly string[]) {
    super(`The list of MFA methods for accounts of the kind ${kind} ${fault}. There are: ${known.join(', ')}.`);
  }
}

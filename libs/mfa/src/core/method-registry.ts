import { Inject, Injectable } from '@nestjs/common';
import type { AccountKind } from './account.js';
import { METHODS, type Method } from './method.js';

const NAME = /^[a-z][a-z0-9-]{0,31}$/;

/** The methods in the order of their registration, found by name. */
@Injectable()
export class MethodRegistry {
  constructor(@Inject(METHODS) private readonly methods: readonly Method[]) {
    const names = methods.map(({ name }) => name);
    const wrong = names.find((name, index) => !NAME.test(name) || names.indexOf(name) !== index);
    if (wrong !== undefined)
      throw new TypeError(`The MFA method "${wrong}" has a malformed name or is registered twice.`);
    if (names.length === 0) throw new TypeError('No MFA method is registered.');
  }

  offeredTo(kind: AccountKind): readonly Method[] {
    return this.methods.filter((method) => method.offeredTo.includes(kind));
  }

  find(name: string, kind: AccountKind): Method | undefined {
    return this.offeredTo(kind).find((method) => method.name === name);
  }
}

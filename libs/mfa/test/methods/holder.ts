import type { Answer } from '#testing';
import type { Person, Shop } from '../shop/shop.js';

/** The attributes that activate or trigger handed out; empty where the answer was 204. */
export type HandedOut = Readonly<Record<string, unknown>>;

/** What a person has of a method, and does with it to come by values: what only the test of that method knows. */
export interface Holder {
  /** Takes what activate handed out; @returns the value that verify asks for */
  begun(handedOut: HandedOut): string;
  /** A value that was not used yet, from what trigger has just handed out. */
  next(handedOut: HandedOut): string;
  /** A value of the same form that is right for nothing. */
  wrong(right: string): string;
}

export type HolderOf = (shop: Shop, person: Person) => Holder;

/** Calls one of the endpoints, for the whole answer. */
export function ask(person: Person, endpoint: string, type: string, code?: string): Promise<Answer> {
  const resource = `multi-factor-auth-${endpoint}`;
  return person.call('POST', `/${resource}`, code, { data: { type: resource, attributes: { type } } });
}

export function handedOutBy({ json }: Answer): HandedOut {
  return (json?.data?.attributes ?? {}) as HandedOut;
}

/** One person who sets one method up, and uses it. */
export class Enrolment {
  readonly holder: Holder;

  constructor(
    readonly method: string,
    holderOf: HolderOf,
    shop: Shop,
    readonly person: Person,
  ) {
    this.holder = holderOf(shop, person);
  }

  /** @returns the value for verify */
  async begin(code?: string): Promise<string> {
    const answer = await ask(this.person, 'type-activate', this.method, code);
    if (answer.status > 204) throw new Error(`activate failed: ${answer.status} ${answer.text}`);
    return this.holder.begun(handedOutBy(answer));
  }

  /** Sets the method up, with a value of another one where one is active. */
  async complete(code?: string): Promise<this> {
    const verified = await this.person.verify(await this.begin(code), this.method);
    if (verified !== '204') throw new Error(`verify failed: ${verified}`);
    return this;
  }

  /** A value that was not used yet, for a session. */
  async value(session: Person = this.person): Promise<string> {
    const answer = await ask(session, 'trigger', this.method);
    if (answer.status > 204) throw new Error(`trigger failed: ${answer.status} ${answer.text}`);
    return this.holder.next(handedOutBy(answer));
  }
}

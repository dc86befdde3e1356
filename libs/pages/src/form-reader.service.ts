import { Inject, Injectable } from '@nestjs/common';
import {
  ApiException,
  examineAttributes,
  RULE_SETTINGS,
  violation,
  type ApiErrorRow,
  type RuleSettings,
} from '#json-api';
import type { Page } from './page.js';
import type { Texts } from './texts/en/index.js';
import type { Problems } from './views/form.js';

/** What a form says, as a service of the API takes it. */
export interface ReadForm<T> {
  readonly attributes: T;
  /** What is wrong; empty where the attributes are good. */
  readonly problems: Problems;
}

/** Reads forms by the same classes and rules as the API, and says what is wrong in words for people. */
@Injectable()
export class FormReader {
  constructor(@Inject(RULE_SETTINGS) private readonly settings: RuleSettings) {}

  /** The shortest password that is taken, in characters. */
  get passwordMinLength(): number {
    return this.settings.passwordMinLength;
  }

  /** @param plain the members of the class by the names of the form's fields */
  async read<T extends object>(attributesClass: new () => T, plain: object, texts: Texts): Promise<ReadForm<T>> {
    const { attributes, violations } = await examineAttributes(attributesClass, plain, this.settings);
    const problems: Record<string, string> = {};
    for (const { path, rule, text } of violations) problems[path] ??= wordsOf(rule, text, texts);
    return { attributes, problems };
  }
}

/** A rule's bound is in the text of the contract alone. */
function wordsOf(rule: string, text: string, { rules }: Texts): string {
  const words = Object.hasOwn(rules, rule) ? rules[rule] : undefined;
  return words ? words(Number(/\d+/.exec(text)?.[0] ?? 0)) : rules.other(0);
}

/** What a refusal of a service means on a page: the field that it is about, or none, and its text. */
export type KnownRefusal = readonly [row: ApiErrorRow, field: string, text: string | ((seconds: number) => string)];

/** A refusal of a service as a page says it. */
export type ServiceRefusal = Required<Pick<Page, 'status' | 'headers'>> & { readonly problems: Problems };

/** @throws the error itself, if none of its rows is known */
export function explain(error: unknown, known: readonly KnownRefusal[]): ServiceRefusal {
  if (!(error instanceof ApiException)) throw error;
  const found = known.filter(([row]) => error.rows.some((one) => isSame(one, row)));
  if (found.length === 0) throw error;
  const seconds = Number(error.headers['retry-after'] ?? 0);
  const textOf = (text: KnownRefusal[2]): string => (typeof text === 'string' ? text : text(seconds));
  const problems = Object.fromEntries(found.map(([, field, text]) => [field, textOf(text)]));
  return { status: error.getStatus(), headers: error.headers, problems };
}

/** Some rows are made for each refusal, such as those that tell seconds. All violations have one code. */
function isSame(one: ApiErrorRow, row: ApiErrorRow): boolean {
  if (one.code === undefined) return one === row;
  const isViolation = one.code === violation('', '').code;
  return one.code === row.code && one.status === row.status && (!isViolation || one.detail === row.detail);
}

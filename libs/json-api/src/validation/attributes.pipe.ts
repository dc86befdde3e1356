import { Inject, Injectable, Optional, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validate, type ValidationError } from 'class-validator';
import { ApiException } from '../errors/api-exception.js';
import { GENERIC_ERRORS, violation } from '../errors/generic-errors.js';
import { giveRuleSettings, RULE_SETTINGS, type RuleSettings } from './rule-settings.js';
import { RULE_ORDER } from './rules.js';

/** Validates attributes by the decorators of their class. Members without a rule are ignored. */
@Injectable()
export class AttributesPipe implements PipeTransform<object, Promise<object>> {
  constructor(@Optional() @Inject(RULE_SETTINGS) private readonly settings?: RuleSettings) {}

  async transform(attributes: object, { metatype }: ArgumentMetadata): Promise<object> {
    if (!metatype) throw new TypeError('@Attributes() needs a class as the type of its parameter');
    return validateAttributes(metatype as new () => object, attributes, this.settings);
  }
}

/** What is wrong with a member. */
export interface Violation {
  /** The member, such as `email` or `items.0.sku`. */
  readonly path: string;
  /** The name of the rule, such as `notBlank`. */
  readonly rule: string;
  /** The text of the contract. */
  readonly text: string;
}

/** @throws ApiException 422 / 901 with an error for each violation, in the order of the class's fields, inherited ones first */
export async function validateAttributes<T extends object>(
  attributesClass: new () => T,
  plain: object,
  settings?: RuleSettings,
): Promise<T> {
  const { attributes, violations } = await examineAttributes(attributesClass, plain, settings);
  const [first, ...others] = violations.map(({ path, text }) => violation(path, text));
  if (first) throw new ApiException([first, ...others]);
  return attributes;
}

/**
 * Examines attributes like `validateAttributes`, for those who say in their own words what is wrong.
 *
 * @returns attributes that are good for nothing where there are violations
 */
export async function examineAttributes<T extends object>(
  attributesClass: new () => T,
  plain: object,
  settings?: RuleSettings,
): Promise<{ readonly attributes: T; readonly violations: readonly Violation[] }> {
  const names = declaredNames(attributesClass);
  const attributes = plainToInstance(attributesClass, declaredMembers(names, plain));
  if (settings) giveRuleSettings(attributes, settings);
  const errors = await validate(attributes, { whitelist: true, forbidUnknownValues: false });
  const inOrder = errors.toSorted((a, b) => names.indexOf(a.property) - names.indexOf(b.property));
  return { attributes, violations: inOrder.flatMap((error) => violationsOf(error, '')) };
}

/** No resource has more or deeper members. Converting them would take too long. */
const MAXIMUM_MEMBERS = 200;
const MAXIMUM_DEPTH = 16;

/** The members that the class has rules for. class-validator names the inherited ones last. */
function declaredNames(attributesClass: new () => object): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(attributesClass, '', false, false);
  const inherited = rules.filter(({ target }) => target !== attributesClass);
  return [...new Set([...inherited, ...rules].map(({ propertyName }) => propertyName))];
}

/** Takes over these members. Nothing else of the others is processed. */
function declaredMembers(names: readonly string[], plain: object): object {
  const members = names.filter((name) => Object.hasOwn(plain, name)).map((name) => [name, plain[name as keyof object]]);
  if (!members.every(([, value]) => isModest(value, 0))) throw new ApiException(GENERIC_ERRORS.invalidDocument);
  return withoutConstructor(Object.fromEntries(members)) as object;
}

/** Removes members named `constructor`: class-transformer would call their values, and otherwise ignores them. */
function withoutConstructor(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutConstructor);
  const members = Object.entries(value).filter(([name]) => name !== 'constructor');
  return Object.fromEntries(members.map(([name, member]) => [name, withoutConstructor(member)]));
}

function isModest(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const members = Object.values(value);
  return depth < MAXIMUM_DEPTH && members.length <= MAXIMUM_MEMBERS && members.every((one) => isModest(one, depth + 1));
}

function violationsOf(error: ValidationError, parent: string): Violation[] {
  const path = parent ? `${parent}.${error.property}` : error.property;
  const messages = rulesOf(error).toSorted(([a], [b]) => rank(a) - rank(b));
  const own = (error.value === undefined ? messages.slice(0, 1) : messages).map(([rule, text]) => ({
    path,
    rule,
    text,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => violationsOf(child, path))];
}

/**
 * Removes class-validator's own message about nested objects where a better one exists: from `NotBlank` for null, and
 * from the list rule for values that are not lists.
 */
function rulesOf({ constraints = {}, value, target }: ValidationError): [rule: string, text: string][] {
  const isMember = Array.isArray(target);
  const isSuperfluous = 'list' in constraints || (value === null && !isMember);
  return Object.entries(constraints).filter(([rule]) => rule !== 'nestedValidation' || !isSuperfluous);
}

function rank(rule: string): number {
  const index = RULE_ORDER.indexOf(rule);
  return index < 0 ? RULE_ORDER.length : index;
}

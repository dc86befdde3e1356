import type { ValidationArguments } from 'class-validator';

/**
 * Settings of the application that rules need. They are not part of the rules, because classes are created once, but
 * each application has its own configuration.
 */
export interface RuleSettings {
  /** The minimum length of a password in characters. */
  readonly passwordMinLength: number;
  readonly now: () => Date;
}

/** Injection token for the settings of rules. A rule that needs them fails without them. */
export const RULE_SETTINGS = Symbol('RULE_SETTINGS');

const SETTINGS_OF_ATTRIBUTES = new WeakMap<object, RuleSettings>();

/** Assigns settings to attributes before they are validated. */
export function giveRuleSettings(attributes: object, settings: RuleSettings): void {
  SETTINGS_OF_ATTRIBUTES.set(attributes, settings);
}

/** @throws TypeError if a rule needs settings but validation has none */
export function ruleSettingsOf(args: ValidationArguments | undefined): RuleSettings {
  const settings = args && SETTINGS_OF_ATTRIBUTES.get(args.object);
  if (!settings) throw new TypeError(`The rules of ${args?.targetName} need the settings of the application.`);
  return settings;
}

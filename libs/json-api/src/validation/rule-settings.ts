import type { ValidationArguments } from 'class-validator';

/** What rules ask of the application: classes are made once, applications are configured each for itself. */
export interface RuleSettings {
  /** The least length of a password, in characters. */
  readonly passwordMinLength: number;
  readonly now: () => Date;
}

/** Provides the settings of rules; a rule that needs them fails without. */
export const RULE_SETTINGS = Symbol('RULE_SETTINGS');

const SETTINGS_OF_ATTRIBUTES = new WeakMap<object, RuleSettings>();

/** Hands settings to the rules of the attributes that are about to be validated. */
export function giveRuleSettings(attributes: object, settings: RuleSettings): void {
  SETTINGS_OF_ATTRIBUTES.set(attributes, settings);
}

/** @throws TypeError where a rule needs settings and validation was given none */
export function ruleSettingsOf(args: ValidationArguments | undefined): RuleSettings {
  const settings = args && SETTINGS_OF_ATTRIBUTES.get(args.object);
  if (!settings) throw new TypeError(`The rules of ${args?.targetName} need the settings of the application.`);
  return settings;
}

import { validateSync } from 'class-validator';
import { giveRuleSettings, type RuleSettings } from './rule-settings.js';

/** Makes a test function from a rule, for values that do not come in a request. */
export function testOf(rule: PropertyDecorator, settings?: RuleSettings): (value: unknown) => boolean {
  class Holder {
    value: unknown;
  }
  rule(Holder.prototype, 'value');
  return (value) => {
    const holder = Object.assign(new Holder(), { value });
    if (settings) giveRuleSettings(holder, settings);
    return validateSync(holder).length === 0;
  };
}

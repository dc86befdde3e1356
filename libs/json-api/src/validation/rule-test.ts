import { validateSync } from 'class-validator';

/** The rule of an attribute as a question about any value, for what comes in by other ways than a request. */
export function testOf(rule: PropertyDecorator): (value: unknown) => boolean {
  class Holder {
    value: unknown;
  }
  rule(Holder.prototype, 'value');
  return (value) => validateSync(Object.assign(new Holder(), { value })).length === 0;
}

import type { Texts } from '../texts/en/index.js';
import { Field, type Problems } from '../views/form.js';

interface KeyFieldProps {
  readonly texts: Texts;
  readonly name: string;
  /** As it was sent. */
  readonly value: string;
  readonly problems: Problems;
}

/**
 * The key of a mail. The mail's link has it in the fragment, which no server sees; the script puts it into this field and
 * hides it. Where scripts do not run the key is pasted.
 */
export function KeyField({ texts, name, value, problems }: KeyFieldProps) {
  const { label, hint } = texts.account.key;
  const isKept = value !== '' && !problems[name];
  const input = {
    type: 'text',
    value,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: false,
    maxLength: 128,
  } as const;
  return (
    <div data-fragment="key">
      {isKept ? (
        <input type="hidden" name={name} value={value} />
      ) : (
        <Field name={name} label={label} hint={hint} problems={problems} input={input} />
      )}
    </div>
  );
}

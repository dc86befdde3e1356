import type { ComponentChildren } from 'preact';
import { notesOf, type FieldProps } from './form.js';

interface SelectProps extends Omit<FieldProps, 'input'> {
  /** What is sent and what is read. */
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly value: string;
  /** What stands there while nothing is chosen; without it there is always a choice. */
  readonly none?: string | undefined;
  readonly autocomplete?: string;
}

/** A label with a list to choose one of. */
export function Select({ name, label, hint, problems, options, value, none, autocomplete }: SelectProps) {
  const { describedBy, notes } = notesOf({ name, hint, problems });
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {notes}
      <select
        id={name}
        name={name}
        autocomplete={autocomplete}
        aria-describedby={describedBy}
        aria-invalid={problems[name] ? 'true' : undefined}
      >
        {none !== undefined && (
          <option value="" selected={value === ''}>
            {none}
          </option>
        )}
        {options.map(([option, text]) => (
          <option key={option} value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

interface CheckboxProps extends Pick<FieldProps, 'name' | 'problems'> {
  readonly children: ComponentChildren;
  readonly isChecked?: boolean;
}

/** A box to tick; ticked it sends `yes`. */
export function Checkbox({ name, problems, children, isChecked = false }: CheckboxProps) {
  const { describedBy, notes } = notesOf({ name, problems });
  return (
    <div class="field">
      {notes}
      <label class="choice" for={name}>
        <input
          type="checkbox"
          id={name}
          name={name}
          value="yes"
          checked={isChecked}
          aria-describedby={describedBy}
          aria-invalid={problems[name] ? 'true' : undefined}
        />
        {children}
      </label>
    </div>
  );
}

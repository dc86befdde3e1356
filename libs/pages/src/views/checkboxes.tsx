import { notesOf, type FieldProps } from './form.js';

interface CheckboxesProps extends Omit<FieldProps, 'input'> {
  /** What is sent and what is read. */
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly chosen: readonly string[];
}

/** Boxes of which any can be ticked; the first one has the name as its id, so that what is wrong leads there. */
export function Checkboxes({ name, label, hint, problems, options, chosen }: CheckboxesProps) {
  const { describedBy, notes } = notesOf({ name, hint, problems });
  return (
    <fieldset aria-describedby={describedBy}>
      <legend>{label}</legend>
      {notes}
      {options.map(([value, text], index) => {
        const id = index === 0 ? name : `${name}-${value}`;
        return (
          <label key={value} class="choice" for={id}>
            <input type="checkbox" id={id} name={name} value={value} checked={chosen.includes(value)} />
            {text}
          </label>
        );
      })}
    </fieldset>
  );
}

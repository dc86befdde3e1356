import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import type { Texts } from '../texts/en/index.js';

/** What is wrong with a form: texts by the names of fields; under an empty name what is wrong with all of it. */
export type Problems = Readonly<Record<string, string>>;

/** A field of a form. */
export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problems: Problems;
  readonly input: InputHTMLAttributes<HTMLInputElement>;
}

/** A label with its input, and what helps to fill it in. */
export function Field({ name, label, hint, problems, input }: FieldProps) {
  const { describedBy, notes } = notesOf({ name, hint, problems });
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {notes}
      <input
        id={name}
        name={name}
        aria-describedby={describedBy}
        aria-invalid={problems[name] ? 'true' : undefined}
        {...input}
      />
    </div>
  );
}

/** What stands between a label and its field, and the ids by which the field names it. */
export function notesOf({ name, hint, problems }: Pick<FieldProps, 'name' | 'hint' | 'problems'>) {
  const problem = problems[name];
  const describedBy = [...(hint ? [`${name}-hint`] : []), ...(problem ? [`${name}-problem`] : [])].join(' ');
  const notes = (
    <>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {problem && (
        <p class="problem" id={`${name}-problem`}>
          {problem}
        </p>
      )}
    </>
  );
  return { describedBy: describedBy || undefined, notes };
}

/** All that is wrong, in front of the form; it has the focus, and leads to the fields. */
export function ErrorSummary({ problems, texts }: { readonly problems: Problems; readonly texts: Texts }) {
  const all = Object.entries(problems);
  if (all.length === 0) return null;
  return (
    <div class="note bad" role="alert" tabIndex={-1} autofocus aria-labelledby="error-summary">
      <h2 id="error-summary">{texts.layout.errorSummary}</h2>
      {all.map(([name, text]) => (
        <p key={name}>{name ? <a href={`#${name}`}>{text}</a> : text}</p>
      ))}
    </div>
  );
}

/** Something that was done, or is to be known. */
export function Note({ kind, children }: { readonly kind?: 'good' | 'urgent'; readonly children: ComponentChildren }) {
  return (
    <div class={kind ? `note ${kind}` : 'note'} role={kind === 'good' ? 'status' : undefined}>
      {children}
    </div>
  );
}

interface CodeFieldProps {
  readonly texts: Texts;
  readonly problems: Problems;
  /** A recovery code has letters too. */
  readonly isRecovery?: boolean;
  readonly hint?: string | undefined;
  /** The page is about nothing else. */
  readonly isFocused?: boolean;
  /** `text` where a code of several methods is good. */
  readonly keyboard?: 'numeric' | 'text';
}

/** The one field for a code: phones fill it in, and blanks do not matter. */
export function CodeField({
  texts: { code },
  problems,
  isRecovery = false,
  hint,
  isFocused = false,
  keyboard = 'numeric',
}: CodeFieldProps) {
  return (
    <Field
      name="code"
      label={isRecovery ? code.recoveryLabel : code.label}
      hint={hint ?? (isRecovery ? code.recoveryHint : undefined)}
      problems={problems}
      input={{
        class: 'code',
        autocomplete: isRecovery ? 'off' : 'one-time-code',
        inputMode: isRecovery ? 'text' : keyboard,
        autocapitalize: 'off',
        spellcheck: false,
        maxLength: 64,
        autofocus: isFocused,
      }}
    />
  );
}

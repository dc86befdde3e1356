import { Checkbox, ErrorSummary, Field, type Problems, type Texts } from '#pages';

interface RemovalFormProps {
  readonly texts: Texts;
  readonly action: string;
  /** Of the account's profile. */
  readonly back: string;
  /** Whose methods they are. */
  readonly name: string;
  /** The names of the methods that will be removed. */
  readonly methods: readonly string[];
  readonly reason: string;
  readonly resetsPassword: boolean;
  readonly problems: Problems;
}

export function RemovalForm(props: RemovalFormProps) {
  const { texts, action, back, name, methods, reason, resetsPassword, problems } = props;
  const { removal, cancel } = texts.backOffice;
  return (
    <>
      <h1>{removal.title}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      <form class="card" method="post" action={action} data-step-up>
        <WhatHappens texts={texts} name={name} methods={methods} />
        <Field
          name="reason"
          label={texts.backOffice.reason}
          hint={removal.reasonHint}
          problems={problems}
          input={{ value: reason, maxLength: 500 }}
        />
        <Checkbox name="resetPassword" problems={problems} isChecked={resetsPassword}>
          {removal.resetPassword}
        </Checkbox>
        <p class="row">
          <button class="danger">{removal.button}</button>
          <a class="button quiet" href={back}>
            {cancel}
          </a>
        </p>
      </form>
    </>
  );
}

function WhatHappens({ texts, name, methods }: Pick<RemovalFormProps, 'texts' | 'name' | 'methods'>) {
  const { removal } = texts.backOffice;
  if (methods.length === 0) return <p>{removal.nothing(name)}</p>;
  return (
    <>
      <p>{removal.intro(name)}</p>
      <ul>
        {methods.map((method) => (
          <li key={method}>{method}</li>
        ))}
      </ul>
      <p>{removal.consequence}</p>
    </>
  );
}

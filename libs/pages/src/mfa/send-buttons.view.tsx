import { RESEND_SECONDS } from '../step-up/step-up.view.js';
import type { Texts } from '../texts/en/index.js';

interface SendButtonsProps {
  readonly texts: Texts;
  /** The methods that can send a code. */
  readonly methods: readonly string[];
  readonly action: string;
  /** Where the person is sent back to; absent: to the set-up. */
  readonly purpose?: 'deactivate';
  readonly isSent?: boolean;
}

/** One button for each method that sends codes. */
export function SendButtons({ texts: { code }, methods, action, purpose, isSent = false }: SendButtonsProps) {
  return (
    <>
      {methods.map((method) => (
        <form key={method} method="post" action={action}>
          {purpose && <input type="hidden" name="for" value={purpose} />}
          <input type="hidden" name="method" value={method} />
          <p>
            <button class="quiet" data-wait={isSent ? RESEND_SECONDS : undefined}>
              {isSent ? code.sendAgain : code.send}
            </button>
          </p>
        </form>
      ))}
    </>
  );
}

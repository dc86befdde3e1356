import { CodeField, ErrorSummary, Note } from '#pages';
import type { MethodPageProps } from './method.view.js';

/** A method is turned off with a code, also where the session has a grant: somebody at an open screen shall not do it. */
export function Deactivation({ texts, factors, factor, problems, isSent = false }: MethodPageProps) {
  const { mfa, methods, code } = texts;
  const path = `/account/mfa/${factor.type}`;
  const isBackup = 'remaining' in factor;
  // a backup ends by a code of any method, the others by their own
  const senders = factors.senders.filter((type) => isBackup || type === factor.type);
  return (
    <>
      <h1>{methods[factor.type]?.name ?? factor.type}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      {isSent && <Note kind="good">{code.sent}</Note>}
      <form class="card" method="post" action={`${path}/deactivate`}>
        <h2>{mfa.deactivateTitle}</h2>
        <CodeField
          texts={texts}
          problems={problems}
          hint={isBackup ? mfa.deactivateBackupIntro : mfa.deactivateIntro}
          keyboard="text"
        />
        <button>{mfa.deactivate}</button>
      </form>
      {senders.map((method) => (
        <form key={method} method="post" action={`${path}/send`}>
          <input type="hidden" name="for" value="deactivate" />
          <input type="hidden" name="method" value={method} />
          <p>
            <button class="quiet">{isSent ? code.sendAgain : code.send}</button>
          </p>
        </form>
      ))}
      <p>
        <a href="/account/mfa">{mfa.done}</a>
      </p>
    </>
  );
}

import { methodName } from '../texts/method-name.js';
import { CodeField, ErrorSummary, Note } from '../views/form.js';
import type { MethodPageProps } from './method.view.js';
import { SendButtons } from './send-buttons.view.js';

/** A method is turned off with a code, also where the session has a grant: somebody at an open screen shall not do it. */
export function Deactivation({ texts, path: listPath, factors, factor, problems, isSent = false }: MethodPageProps) {
  const { mfa, code } = texts;
  const path = `${listPath}/${factor.type}`;
  const isBackup = 'remaining' in factor;
  // a backup ends by a code of any method, the others by their own
  const senders = factors.senders.filter((type) => isBackup || type === factor.type);
  return (
    <>
      <h1>{methodName(texts, factor.type)}</h1>
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
      <SendButtons texts={texts} methods={senders} action={`${path}/send`} purpose="deactivate" isSent={isSent} />
      <p>
        <a href={listPath}>{mfa.done}</a>
      </p>
    </>
  );
}

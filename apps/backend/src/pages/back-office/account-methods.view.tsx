import { FactorStatus } from '#mfa';
import { methodName, moment, Note, Table, type Texts } from '#pages';
import type { AccountMfa } from '../../account-mfa/account-mfa.service.js';

interface AccountMethodsProps {
  readonly texts: Texts;
  readonly mfa: AccountMfa;
  /** The path of the page that removes all methods; undefined: they are the reader's own. */
  readonly removal: string | undefined;
}

/** The methods of somebody else, and the ways to remove them. */
export function AccountMethods({ texts, mfa: { methods, lockedUntil }, removal }: AccountMethodsProps) {
  const { backOffice, mfa, locale } = texts;
  const { removal: words } = backOffice;
  const isThere = methods.some(({ status }) => status !== FactorStatus.disabled);
  return (
    <section>
      <h2>{mfa.title}</h2>
      {lockedUntil && <Note kind="urgent">{words.lockedUntil(moment(locale, lockedUntil))}</Note>}
      <Table
        caption={words.methods}
        head={[words.method, words.status, ...(removal === undefined ? [] : [words.action])]}
        rows={methods.map(({ type, status }) => [
          methodName(texts, type),
          mfa.status[status],
          ...(removal === undefined
            ? []
            : [
                status !== FactorStatus.disabled && (
                  <a key={type} href={`${removal}/${encodeURIComponent(type)}`}>
                    {words.removeOne(methodName(texts, type))}
                  </a>
                ),
              ]),
        ])}
      />
      {removal !== undefined && (
        <p>
          <a class="button danger" href={removal}>
            {isThere ? words.removeAll : words.resetOnly}
          </a>
        </p>
      )}
    </section>
  );
}

import { ErrorSummary, Note, type Problems, type Texts } from '#pages';
import type { CustomerData } from '../../customers/customer.resource.js';
import { BirthFields, NameFields } from '../person-fields.view.js';

export interface ProfilePageProps {
  readonly texts: Texts;
  readonly data: Pick<CustomerData, 'email'>;
  /** What stands in the fields, by their names. */
  readonly values: Readonly<Record<string, string>>;
  readonly problems?: Problems;
  readonly isSaved?: boolean;
}

export function ProfilePage({ texts, data, values, problems = {}, isSaved = false }: ProfilePageProps) {
  const { profile, saved, save } = texts.account;
  return (
    <>
      <h1>{profile.title}</h1>
      {isSaved && <Note kind="good">{saved}</Note>}
      <ErrorSummary problems={problems} texts={texts} />
      <form class="card" method="post" action="/account/profile" data-step-up>
        <NameFields texts={texts} values={values} problems={problems} />
        <BirthFields texts={texts} values={values} problems={problems} />
        <button>{save}</button>
      </form>
      <section class="card">
        <h2>{profile.email}</h2>
        <p>{data.email}</p>
        <p>
          <a href="/account/email">{profile.changeEmail}</a>
        </p>
      </section>
      <section class="card">
        <h2>{profile.endTitle}</h2>
        <p>{profile.end}</p>
        <p>
          <a href="/account/delete">{profile.endLink}</a>
        </p>
      </section>
    </>
  );
}

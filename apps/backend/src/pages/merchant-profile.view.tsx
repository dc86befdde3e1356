import { ErrorSummary, Field, Note, type Problems, type Texts } from '#pages';
import type { UpdateOwnUserDto } from '../users/dto/update-own-user.dto.js';

export interface ProfileShown {
  readonly profile: Pick<UpdateOwnUserDto, 'firstName' | 'lastName' | 'locale'>;
  readonly problems: Problems;
  readonly isSaved?: boolean;
}

interface ProfileFormProps extends ProfileShown {
  readonly texts: Texts;
  readonly path: string;
  readonly email: string;
}

export function ProfileForm({ texts, path, email, profile, problems, isSaved = false }: ProfileFormProps) {
  const { profile: words } = texts.merchant;
  return (
    <>
      <h1>{words.title}</h1>
      {isSaved && <Note kind="good">{words.saved}</Note>}
      <ErrorSummary problems={problems} texts={texts} />
      <form class="card" method="post" action={path} data-step-up>
        <dl class="facts">
          <dt>{words.email}</dt>
          <dd>{email}</dd>
        </dl>
        <p class="hint">{words.emailHint}</p>
        <Field
          name="firstName"
          label={words.firstName}
          problems={problems}
          input={{ value: profile.firstName, autocomplete: 'given-name', maxLength: 100 }}
        />
        <Field
          name="lastName"
          label={words.lastName}
          problems={problems}
          input={{ value: profile.lastName, autocomplete: 'family-name', maxLength: 100 }}
        />
        <fieldset id="locale">
          <legend>{words.locale}</legend>
          {problems['locale'] && <p class="problem">{problems['locale']}</p>}
          {Object.entries(words.locales).map(([locale, language]) => (
            <label key={locale} class="choice">
              <input type="radio" name="locale" value={locale} checked={profile.locale === locale} />
              <span lang={locale.slice(0, 2)}>{language}</span>
            </label>
          ))}
        </fieldset>
        <button>{words.button}</button>
      </form>
    </>
  );
}

import type { CountedPage } from '#json-api';
import { ROLES } from '#auth';
import { POLICY_SCOPES, type Policy } from '#mfa';
import {
  Checkboxes,
  ErrorSummary,
  Facts,
  Field,
  methodName,
  moment,
  Note,
  Pager,
  Select,
  Table,
  type Problems,
  type Texts,
} from '#pages';
import type { Figure } from '../../counted-figures/counted-figures.service.js';
import { CountedAt } from './counted-at.view.js';
import type { PolicyFields } from './policy-form.js';

const PATH = '/back-office/policies';

/** A policy with the number of accounts that it would refuse if it were in force. */
interface ListedPolicy {
  readonly policy: Policy;
  readonly refused: Figure<number>;
}

interface PolicyListProps {
  readonly texts: Texts;
  readonly policies: readonly ListedPolicy[];
  readonly page: CountedPage;
  /** What was just done. */
  readonly event: string | undefined;
}

export function PolicyList({ texts, policies, page, event }: PolicyListProps) {
  const { policies: words } = texts.backOffice;
  const done = event === undefined ? undefined : words.events[event];
  return (
    <>
      <h1>{words.title}</h1>
      {done && <Note kind="good">{done}</Note>}
      <p>{words.intro}</p>
      <p>
        <a class="button" href={`${PATH}/new`}>
          {words.create}
        </a>
      </p>
      {policies.length > 0 && (
        <Table
          caption={words.title}
          head={[words.appliesTo, words.requiredFrom, words.methods, words.refused]}
          rows={policies.map(({ policy, refused }) => [
            <a key={policy.uuid} href={`${PATH}/${policy.uuid}`}>
              {scopeOf(policy, texts)}
            </a>,
            moment(texts.locale, policy.requiredFrom),
            policy.methods.map((method) => methodName(texts, method)).join(', '),
            refused.last?.value ?? (refused.hasFailed ? words.countFailed : words.notCounted),
          ])}
        />
      )}
      {policies.length > 0 && (
        <CountedAt
          texts={texts}
          figures={policies.map(({ refused }) => refused)}
          path={page.offset > 0 ? `${PATH}?offset=${page.offset}` : PATH}
        />
      )}
      <Pager texts={texts} page={page} path={PATH} query={{}} />
    </>
  );
}

interface PolicyFormProps {
  readonly texts: Texts;
  readonly action: string;
  /** Undefined: a new one. */
  readonly uuid: string | undefined;
  readonly fields: PolicyFields;
  /** What the form was shown with. */
  readonly was: string;
  /** All that can be required of somebody. */
  readonly methods: readonly string[];
  readonly problems: Problems;
}

export function PolicyForm({ texts, action, uuid, fields, was, methods, problems }: PolicyFormProps) {
  const { policies: words, save } = texts.backOffice;
  return (
    <>
      <h1>{uuid === undefined ? words.create : words.edit}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      <form class="card" method="post" action={action} data-step-up>
        {was !== '' && <input type="hidden" name="was" value={was} />}
        <ScopeFields texts={texts} fields={fields} problems={problems} />
        <Field
          name="requiredFrom"
          label={words.requiredFrom}
          hint={words.requiredFromHint}
          problems={problems}
          input={{ type: 'datetime-local', value: fields.requiredFrom }}
        />
        <Checkboxes
          name="methods"
          label={words.methods}
          hint={words.methodsHint}
          problems={problems}
          options={methods.map((method) => [method, methodName(texts, method)])}
          chosen={fields.methods}
        />
        <p class="row">
          <button>{uuid === undefined ? words.create : save}</button>
          {uuid !== undefined && (
            <a class="button danger" href={`${PATH}/${encodeURIComponent(uuid)}/delete`}>
              {words.delete}
            </a>
          )}
        </p>
      </form>
      <p>
        <a href={PATH}>{words.back}</a>
      </p>
    </>
  );
}

function ScopeFields({ texts, fields, problems }: Pick<PolicyFormProps, 'texts' | 'fields' | 'problems'>) {
  const { policies: words, columns } = texts.backOffice;
  return (
    <>
      <Select
        name="appliesTo"
        label={words.appliesTo}
        problems={problems}
        value={fields.appliesTo}
        none={words.choose}
        options={POLICY_SCOPES.map((scope) => [scope, words.scopes[scope]])}
      />
      <Field
        name="company"
        label={columns.company}
        hint={words.companyHint}
        problems={problems}
        input={{ value: fields.company, autocomplete: 'off', maxLength: 255 }}
      />
      <Select
        name="role"
        label={columns.role}
        hint={words.roleHint}
        problems={problems}
        value={fields.role}
        none={words.choose}
        options={ROLES.map((role) => [role, role])}
      />
    </>
  );
}

interface PolicyDeletionProps extends Pick<PolicyFormProps, 'texts' | 'action'> {
  readonly policy: Policy;
}

export function PolicyDeletion({ texts, action, policy }: PolicyDeletionProps) {
  const { policies: words, cancel } = texts.backOffice;
  return (
    <>
      <h1>{words.delete}</h1>
      <form class="card" method="post" action={action} data-step-up>
        <Facts
          facts={[
            [words.appliesTo, scopeOf(policy, texts)],
            [words.requiredFrom, moment(texts.locale, policy.requiredFrom)],
            [words.methods, policy.methods.map((method) => methodName(texts, method)).join(', ')],
          ]}
        />
        <p>{words.deleteIntro}</p>
        <p class="row">
          <button class="danger">{words.delete}</button>
          <a class="button quiet" href={`${PATH}/${policy.uuid}`}>
            {cancel}
          </a>
        </p>
      </form>
    </>
  );
}

function scopeOf({ appliesTo, value }: Policy, { backOffice }: Texts): string {
  const scope = backOffice.policies.scopes[appliesTo];
  return value === null ? scope : `${scope}: ${value}`;
}

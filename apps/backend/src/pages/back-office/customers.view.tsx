import type { CountedPage, ResourceObject } from '#json-api';
import { Facts, Field, methodName, moment, Note, Pager, Table, type Texts } from '#pages';
import type { AccountMfa } from '../../account-mfa/account-mfa.service.js';
import type { CustomerDto } from '../../customers/dto/customer.dto.js';
import { AccountMethods } from './account-methods.view.js';

const PATH = '/back-office/customers';

interface CustomerListProps {
  readonly texts: Texts;
  readonly customers: readonly ResourceObject<CustomerDto>[];
  readonly page: CountedPage;
  readonly typed: Readonly<Record<string, string>>;
}

export function CustomerList({ texts, customers, page, typed }: CustomerListProps) {
  const { backOffice, lists } = texts;
  const { customers: words, columns } = backOffice;
  return (
    <>
      <h1>{words.title}</h1>
      <form class="card" method="get" action={PATH} role="search">
        <Field
          name="q"
          label={words.search}
          hint={words.searchHint}
          problems={{}}
          input={{ type: 'search', value: typed['q'] ?? '', maxLength: 200 }}
        />
        <button>{lists.search}</button>
      </form>
      {customers.length > 0 && (
        <Table
          caption={words.title}
          head={[columns.name, columns.reference, columns.email, columns.company, columns.mfa]}
          rows={customers.map(({ attributes }) => [
            <a key="profile" href={pathOf(attributes)}>{`${attributes.firstName} ${attributes.lastName}`}</a>,
            attributes.customerReference,
            attributes.email,
            attributes.companies.join(', '),
            namesOf(attributes.mfaMethods, texts) || backOffice.none,
          ])}
        />
      )}
      <Pager texts={texts} page={page} path={PATH} query={typed} />
    </>
  );
}

interface CustomerProfileProps {
  readonly texts: Texts;
  readonly customer: CustomerDto;
  /** Undefined: the reader may see the active methods alone. */
  readonly mfa: AccountMfa | undefined;
  readonly canSeeTrail: boolean;
  /** A method was just removed. */
  readonly isRemoved: boolean;
}

export function CustomerProfile({ texts, customer, mfa, canSeeTrail, isRemoved }: CustomerProfileProps) {
  const { backOffice, lists, locale } = texts;
  const { customers: words, columns } = backOffice;
  const reference = encodeURIComponent(customer.customerReference);
  return (
    <>
      <h1>{`${customer.firstName} ${customer.lastName}`}</h1>
      {isRemoved && <Note kind="good">{backOffice.removal.done}</Note>}
      <section class="card">
        <Facts
          facts={[
            [columns.reference, customer.customerReference],
            [columns.email, customer.email],
            [columns.salutation, customer.salutation],
            [columns.company, customer.companies.join(', ')],
            [columns.locale, backOffice.locales[customer.locale] ?? customer.locale],
            [columns.confirmed, customer.isConfirmed ? lists.yes : lists.no],
            [columns.createdAt, moment(locale, storedMoment(customer.createdAt))],
            [columns.mfa, mfa ? undefined : namesOf(customer.mfaMethods, texts) || backOffice.none],
          ]}
        />
      </section>
      {mfa && <AccountMethods texts={texts} mfa={mfa} removal={`${pathOf(customer)}/remove-mfa`} />}
      {canSeeTrail && (
        <p>
          <a href={`/back-office/audit?customerReference=${reference}`}>{backOffice.trailOf}</a>
        </p>
      )}
      <p>
        <a href={PATH}>{words.back}</a>
      </p>
    </>
  );
}

function pathOf({ customerReference }: Pick<CustomerDto, 'customerReference'>): string {
  return `${PATH}/${encodeURIComponent(customerReference)}`;
}

function namesOf(methods: readonly string[], texts: Texts): string {
  return methods.map((method) => methodName(texts, method)).join(', ');
}

/** Resources tell times in UTC without a zone. */
function storedMoment(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}Z`);
}

import type { CountedPage } from '#json-api';
import { Field, Pager, Table, type Texts } from '#pages';
import type { FoundCustomerDto } from '../agent-customer-search/dto/found-customers.dto.js';

const PATH = '/agent/customers';

interface CustomerListProps {
  readonly texts: Texts;
  /** What was searched for. */
  readonly q: string;
  readonly page: CountedPage;
  readonly customers: readonly FoundCustomerDto[];
}

export function CustomerList({ texts, q, page, customers }: CustomerListProps) {
  const { customers: words } = texts.agent;
  const { columns } = words;
  return (
    <>
      <h1>{words.title}</h1>
      <form class="card" role="search" action={PATH}>
        <Field
          name="q"
          label={words.query}
          hint={words.hint}
          problems={{}}
          input={{ type: 'search', value: q, maxLength: 254, autocomplete: 'off' }}
        />
        <button>{words.button}</button>
      </form>
      {page.most !== undefined && page.total > page.most && <p>{words.foundMore(page.most)}</p>}
      {customers.length > 0 && (
        <Table
          caption={words.title}
          head={[columns.reference, columns.name, columns.email]}
          rows={customers.map(({ customerReference, firstName, lastName, email }) => [
            <a
              key="customer"
              href={`${PATH}/${encodeURIComponent(customerReference)}`}
              aria-label={words.actFor(customerReference)}
            >
              {customerReference}
            </a>,
            `${firstName} ${lastName}`,
            email,
          ])}
        />
      )}
      <Pager texts={texts} page={page} path={PATH} query={q === '' ? {} : { q }} />
    </>
  );
}

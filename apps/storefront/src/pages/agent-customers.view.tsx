import { Field, type Texts } from '#pages';
import type { FoundCustomers } from '../agent-customer-search/customer-search.repository.js';
import type { FoundCustomerDto } from '../agent-customer-search/dto/found-customers.dto.js';

interface CustomerListProps {
  readonly texts: Texts;
  /** What was searched for. */
  readonly q: string;
  readonly page: { readonly offset: number; readonly limit: number };
  readonly found: FoundCustomers;
}

export function CustomerList({ texts, q, page, found }: CustomerListProps) {
  const { customers: words } = texts.agent;
  return (
    <>
      <h1>{words.title}</h1>
      <form class="card" role="search" action="/agent/customers">
        <Field
          name="q"
          label={words.query}
          hint={words.hint}
          problems={{}}
          input={{ type: 'search', value: q, maxLength: 254, autocomplete: 'off' }}
        />
        <button>{words.button}</button>
      </form>
      {found.customers.length > 0 ? <Found words={words} found={found} /> : <p role="status">{words.none}</p>}
      <Pager words={words} q={q} page={page} total={found.total} />
    </>
  );
}

type Words = Texts['agent']['customers'];

function Found({
  words,
  found: { customers, total, most },
}: {
  readonly words: Words;
  readonly found: FoundCustomers;
}) {
  const count = most !== undefined && total > most ? words.foundMore(most) : words.found(total);
  return (
    <div class="table" tabIndex={0} role="region" aria-label={words.title}>
      <table>
        <caption>{count}</caption>
        <thead>
          <tr>
            <th scope="col">{words.columns.reference}</th>
            <th scope="col">{words.columns.name}</th>
            <th scope="col">{words.columns.email}</th>
          </tr>
        </thead>
        <tbody>
          {customers.map((customer) => (
            <FoundCustomer key={customer.customerReference} words={words} customer={customer} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FoundCustomer({ words, customer }: { readonly words: Words; readonly customer: FoundCustomerDto }) {
  const { customerReference, firstName, lastName, email } = customer;
  return (
    <tr>
      <th scope="row">
        <a
          href={`/agent/customers/${encodeURIComponent(customerReference)}`}
          aria-label={words.actFor(customerReference)}
        >
          {customerReference}
        </a>
      </th>
      <td>
        {firstName} {lastName}
      </td>
      <td>{email}</td>
    </tr>
  );
}

interface PagerProps extends Pick<CustomerListProps, 'q' | 'page'> {
  readonly words: Words;
  readonly total: number;
}

function Pager({ words, q, page: { offset, limit }, total }: PagerProps) {
  const pathOf = (first: number): string =>
    `/agent/customers?${new URLSearchParams({ q, 'page[offset]': String(first) }).toString()}`;
  const [hasPrevious, hasNext] = [offset > 0, offset + limit < total];
  if (!hasPrevious && !hasNext) return null;
  return (
    <nav aria-label={words.pages}>
      <ul>
        {hasPrevious && (
          <li>
            <a href={pathOf(Math.max(0, offset - limit))}>{words.previous}</a>
          </li>
        )}
        {hasNext && (
          <li>
            <a href={pathOf(offset + limit)}>{words.next}</a>
          </li>
        )}
      </ul>
    </nav>
  );
}

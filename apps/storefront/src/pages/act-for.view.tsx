import { ErrorSummary, type Texts } from '#pages';
import type { FoundCustomerDto } from '../agent-customer-search/dto/found-customers.dto.js';

interface ActForFormProps {
  readonly texts: Texts;
  readonly path: string;
  readonly customer: FoundCustomerDto;
  readonly problem: string | undefined;
}

export function ActForForm({ texts, path, customer, problem }: ActForFormProps) {
  const { act, customers } = texts.agent;
  return (
    <>
      <h1>{act.title}</h1>
      <ErrorSummary problems={problem === undefined ? {} : { '': problem }} texts={texts} />
      <form class="card" method="post" action={path} data-step-up>
        <dl class="facts">
          <dt>{customers.columns.reference}</dt>
          <dd>{customer.customerReference}</dd>
          <dt>{customers.columns.name}</dt>
          <dd>
            {customer.firstName} {customer.lastName}
          </dd>
          <dt>{customers.columns.email}</dt>
          <dd>{customer.email}</dd>
        </dl>
        <p>{act.intro}</p>
        <p>{act.codes}</p>
        <p class="row">
          <button>{act.button}</button>
          <a class="button quiet" href="/agent/customers">
            {act.back}
          </a>
        </p>
      </form>
    </>
  );
}

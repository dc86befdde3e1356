import { Note, type Texts } from '#pages';
import type { Address } from '../../addresses/address.resource.js';
import { nameOfCountry } from '../../addresses/country.js';

interface AddressListProps {
  readonly texts: Texts;
  readonly addresses: readonly Address[];
  readonly isSaved: boolean;
  readonly isRemoved: boolean;
}

export function AddressList({ texts, addresses, isSaved, isRemoved }: AddressListProps) {
  const words = texts.account.addresses;
  return (
    <>
      <h1>{words.title}</h1>
      {isSaved && <Note kind="good">{words.saved}</Note>}
      {isRemoved && <Note kind="good">{words.removed}</Note>}
      {addresses.length === 0 && <p>{words.none}</p>}
      <p>
        <a class="button" href="/account/addresses/new">
          {words.add}
        </a>
      </p>
      <ul class="cards">
        {addresses.map((address) => (
          <li key={address.uuid} class="card">
            <Lines texts={texts} address={address} />
            <p>
              {address.isDefaultShipping && <span class="status on">{words.isShipping}</span>}{' '}
              {address.isDefaultBilling && <span class="status on">{words.isBilling}</span>}
            </p>
            <p class="row">
              <a href={pathOf(address)}>{words.edit(lineOf(address))}</a>
              <a href={`${pathOf(address)}/delete`}>{words.remove(lineOf(address))}</a>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

interface AddressDeletionProps {
  readonly texts: Texts;
  readonly address: Address;
  readonly action: string;
}

export function AddressDeletion({ texts, address, action }: AddressDeletionProps) {
  const words = texts.account.addresses;
  return (
    <>
      <h1>{words.removeTitle}</h1>
      <form class="card" method="post" action={action} data-step-up>
        <Lines texts={texts} address={address} />
        <p class="row">
          <button class="danger">{words.removeButton}</button>
          <a class="button quiet" href="/account/addresses">
            {words.keep}
          </a>
        </p>
      </form>
    </>
  );
}

function Lines({ texts, address }: { readonly texts: Texts; readonly address: Address }) {
  const { firstName, lastName, company, address1, address2, address3, zipCode, city, iso2Code, phone } = address;
  const country = nameOfCountry(iso2Code, texts.locale);
  const lines = [`${firstName} ${lastName}`, company, lineOf({ address1, address2 }), address3, `${zipCode} ${city}`];
  return (
    <p>
      {[...lines, country, phone].filter(Boolean).map((line, index) => (
        <>
          {index > 0 && <br />}
          {line}
        </>
      ))}
    </p>
  );
}

function lineOf({ address1, address2 }: Pick<Address, 'address1' | 'address2'>): string {
  return `${address1} ${address2}`;
}

function pathOf({ uuid }: Address): string {
  return `/account/addresses/${encodeURIComponent(uuid)}`;
}

import type { ComponentChildren } from 'preact';
import { MOST_LISTED, type CountedPage } from '#json-api';
import type { Texts } from '../texts/en/index.js';

interface TableProps {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell of each names its row. */
  readonly rows: readonly (readonly ComponentChildren[])[];
  /** All cells but the first ones are numbers. */
  readonly hasNumbers?: boolean;
}

/** A table that scrolls by itself where the window is too narrow for it. */
export function Table({ caption, head, rows, hasNumbers = false }: TableProps) {
  return (
    <div class="table" tabIndex={0} role="region" aria-label={caption}>
      <table class={hasNumbers ? 'numbers' : undefined}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((text) => (
              <th key={text} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...others], row) => (
            <tr key={row}>
              <th scope="row">{first}</th>
              {others.map((cell, index) => (
                <td key={head[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What is known of a thing; what has no text is left out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ComponentChildren])[] }) {
  const known = facts.filter(([, value]) => value !== undefined && value !== null && value !== '');
  return (
    <dl class="facts">
      {known.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}

interface PagerProps {
  readonly texts: Texts;
  readonly page: CountedPage;
  /** Of the list, without a query. */
  readonly path: string;
  /** What the list is filtered by; it is kept from page to page. */
  readonly query: Readonly<Record<string, string>>;
}

/** Which part of a list is shown, and the way to the other ones. */
export function Pager({
  texts: { lists },
  page: { offset, limit, total, most = MOST_LISTED },
  path,
  query,
}: PagerProps) {
  const hrefAt = (at: number): string => `${path}?${new URLSearchParams({ ...query, offset: String(at) }).toString()}`;
  const shown = Math.min(total, most);
  const last = Math.min(offset + limit, shown);
  return (
    <nav class="pager" aria-label={lists.pages}>
      <span>{last > offset ? lists.range(offset + 1, last, shown, total > most) : lists.none}</span>
      {offset > 0 && <a href={hrefAt(Math.max(0, Math.min(offset, shown) - limit))}>{lists.previous}</a>}
      {last < shown && <a href={hrefAt(offset + limit)}>{lists.next}</a>}
    </nav>
  );
}

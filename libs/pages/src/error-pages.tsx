import type { ExceptionFilterOptions, JsonApiHttpRequest } from '#json-api';
import { PAGE_HEADERS } from './page.js';
import type { PageArea } from './page-area.js';
import { PageLayout } from './page-layout.js';
import type { PagesOptions } from './pages.options.js';
import type { Texts } from './texts/en/index.js';
import { textsFor } from './texts/texts.js';

/** A path can be spelt in many ways; where a route was found, that says what it is. */
type RoutedRequest = JsonApiHttpRequest & { readonly routeOptions?: { readonly url?: string } };

/** Writes errors of pages as pages, in place of documents of JSON:API. */
export function errorPages(options: PagesOptions): Required<Pick<ExceptionFilterOptions, 'render'>> {
  const layout = new PageLayout(options);
  return {
    render: ({ status, requestId }, request) => {
      const { url, headers, routeOptions } = request as RoutedRequest;
      const area = areaOf(options.areas, routeOptions?.url ?? url);
      if (!area) return undefined;
      const texts = textsFor({ headers }, undefined);
      const { title, text } = wordsOf(status, texts);
      const body = (
        <>
          <h1>{title}</h1>
          <p>{text}</p>
          {requestId !== undefined && <p class="hint">{texts.errors.requestId(requestId)}</p>}
          <p>
            <a href={area.base}>{texts.errors.home}</a>
          </p>
        </>
      );
      return { headers: PAGE_HEADERS, body: layout.render({ title, body }, { area, texts }) };
    },
  };
}

function areaOf(areas: readonly PageArea[], url: string): PageArea | undefined {
  return areas.find(({ base }) => url === base || url.startsWith(`${base}/`) || url.startsWith(`${base}?`));
}

function wordsOf(status: number, { errors }: Texts): { readonly title: string; readonly text: string } {
  if (status < 400) return errors.moved;
  if (status === 403) return errors.forbidden;
  if (status === 404) return errors.notFound;
  if (status === 429) return errors.tooMany;
  if (status === 503) return errors.unavailable;
  return status < 500 ? errors.badRequest : errors.failed;
}

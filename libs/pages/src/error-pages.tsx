import type { ExceptionFilterOptions, JsonApiHttpRequest } from '#json-api';
import { PAGE_HEADERS, type Page } from './page.js';
import type { PageArea } from './page-area.js';
import { PageLayout, type Reader } from './page-layout.js';
import type { PagesOptions } from './pages.options.js';
import { findPageContext } from './session/page-context.js';
import type { Texts } from './texts/en/index.js';
import { textsFor } from './texts/texts.js';

/** A path can be spelt in many ways; where a route was found, that says what it is. */
type RoutedRequest = JsonApiHttpRequest & { readonly routeOptions?: { readonly url?: string } };

/** Writes errors of pages as pages, in place of documents of JSON:API. */
export function errorPages(options: PagesOptions): Required<Pick<ExceptionFilterOptions, 'render'>> {
  const layout = new PageLayout(options);
  return {
    render: ({ status, requestId }, request) => {
      const routed = request as RoutedRequest;
      const { url, headers, routeOptions } = routed;
      const area = areaOf(options.areas, routeOptions?.url ?? url);
      if (!area) return undefined;
      const plain = { area, texts: textsFor({ headers }, undefined) };
      const write = (reader: Reader): string => layout.render(errorPage(reader, status, requestId), reader);
      return { headers: PAGE_HEADERS, body: writeEither(write, findPageContext(routed), plain) };
    },
  };
}

function errorPage({ area, texts }: Reader, status: number, requestId: string | undefined): Page {
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
  return { title, body };
}

/** With the navigation and the banners of a session that is known. What is wrong with them hides no error. */
function writeEither(write: (reader: Reader) => string, known: Reader | undefined, plain: Reader): string {
  try {
    return write(known ?? plain);
  } catch {
    return write(plain);
  }
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

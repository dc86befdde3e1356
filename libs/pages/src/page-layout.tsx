import { Injectable, Inject } from '@nestjs/common';
import { render } from 'preact-render-to-string';
import { makeAssets, type Assets } from './assets/assets.js';
import type { Page } from './page.js';
import { PAGES_OPTIONS, type PagesOptions } from './pages.options.js';
import type { NavigationEntry } from './page-area.js';
import { isActing, type PageContext } from './session/page-context.js';
import { ActingBanner } from './views/acting-banner.js';

/** Whom a page is shown to. Without a session there is nothing to navigate to. */
export type Reader = Pick<PageContext, 'area' | 'texts'> & Partial<Pick<PageContext, 'session' | 'path'>>;

/** What all pages of an app have in common. */
@Injectable()
export class PageLayout {
  readonly assets: Assets;

  constructor(@Inject(PAGES_OPTIONS) private readonly options: PagesOptions) {
    this.assets = makeAssets(options.settings.pages);
  }

  /** @returns the whole document */
  render({ title, body, isStepUp }: Pick<Page, 'title' | 'body' | 'isStepUp'>, reader: Reader): string {
    const { texts, session, area } = reader;
    const { name } = this.options.settings.pages;
    const isNarrow = session === undefined || session.awaitsSecondStep;
    const document = (
      <html lang={texts.locale}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{texts.layout.titleOf(title, name)}</title>
          <link rel="stylesheet" href={this.assets.stylesheet.path} />
          <script src={this.assets.script.path} defer />
        </head>
        <body class={area.isWide ? 'wide' : undefined}>
          <a class="skip" href="#content">
            {texts.layout.skip}
          </a>
          {this.header(reader)}
          <main
            id="content"
            class={isNarrow || isStepUp ? 'narrow' : undefined}
            data-step-up={isStepUp}
            data-offline={texts.layout.offline}
          >
            {body}
          </main>
        </body>
      </html>
    );
    return `<!doctype html>${render(document)}`;
  }

  private header({ area, texts, session, path = '' }: Reader) {
    const { base } = area;
    const { name } = this.options.settings.pages;
    const { logo } = this.assets;
    const isSignedIn = session !== undefined && !session.awaitsSecondStep;
    const entries = isSignedIn ? area.navigation({ texts, session }) : [];
    return (
      <header>
        <div class="bar">
          <a class="brand" href={base}>
            {logo ? <img src={logo.path} alt={name} /> : name}
          </a>
          {session && !isActing(session) && (
            <form method="post" action={`${base}/sign-out`}>
              <button class="quiet">{texts.layout.signOut}</button>
            </form>
          )}
          {entries.length > 0 && (
            <nav aria-label={texts.layout.navigation}>
              <ul>
                {entries.map((entry) => (
                  <li key={entry.path}>
                    <a href={entry.path} aria-current={currentOf(entry, entries, path)}>
                      {entry.label}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
          )}
        </div>
        {isActing(session) && <ActingBanner texts={texts} base={base} acting={session?.principal.session} />}
      </header>
    );
  }
}

/** Marks the page itself, or the one that it is below. */
function currentOf(entry: NavigationEntry, entries: readonly NavigationEntry[], path: string) {
  if (entry.path === path) return 'page';
  const above = entries
    .filter((one) => path.startsWith(`${one.path}/`))
    .toSorted((a, b) => b.path.length - a.path.length);
  return above[0] === entry && !entries.some((one) => one.path === path) ? 'true' : undefined;
}

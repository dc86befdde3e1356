import { Injectable, Inject } from '@nestjs/common';
import { render } from 'preact-render-to-string';
import { makeAssets, type Assets } from './assets/assets.js';
import type { Page } from './page.js';
import { PAGES_OPTIONS, type PagesOptions } from './pages.options.js';
import type { Texts } from './texts/en.js';

/** Whom a page is shown to. */
export interface Reader {
  readonly texts: Texts;
  /** Absent: nobody is signed in; then there is nothing to navigate to. */
  readonly session?: { readonly awaitsSecondStep: boolean } | undefined;
  /** The path of the request, which the navigation marks. */
  readonly path?: string;
}

/** What all pages of an app have in common. */
@Injectable()
export class PageLayout {
  readonly assets: Assets;

  constructor(@Inject(PAGES_OPTIONS) private readonly options: PagesOptions) {
    this.assets = makeAssets(options.settings.pages.color);
  }

  /** @returns the whole document */
  render({ title, body }: Pick<Page, 'title' | 'body'>, reader: Reader): string {
    const { texts, session } = reader;
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
        <body>
          <a class="skip" href="#content">
            {texts.layout.skip}
          </a>
          {this.header(reader)}
          <main id="content" class={isNarrow ? 'narrow' : undefined}>
            {body}
          </main>
        </body>
      </html>
    );
    return `<!doctype html>${render(document)}`;
  }

  private header({ texts, session, path }: Reader) {
    const { base, navigation, settings } = this.options;
    return (
      <header>
        <div class="bar">
          <a class="brand" href={base}>
            {settings.pages.name}
          </a>
          {session && !session.awaitsSecondStep && (
            <nav aria-label={texts.layout.navigation}>
              <ul>
                {navigation(texts).map(([href, label]) => (
                  <li key={href}>
                    <a href={href} aria-current={href === path ? 'page' : undefined}>
                      {label}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
          )}
          {session && (
            <form method="post" action={`${base}/sign-out`}>
              <button class="quiet">{texts.layout.signOut}</button>
            </form>
          )}
        </div>
      </header>
    );
  }
}

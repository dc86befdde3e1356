/** What pages of an app are made of; nothing else may be imported from this library. */
export { errorPages } from './error-pages.js';
export { codeOf, fieldOf } from './forms.js';
export type { PageAnswer } from './page.js';
export { PagesController } from './pages-controller.decorator.js';
export { PagesModule } from './pages.module.js';
export type { PagesOptions } from './pages.options.js';
export { refusalOf, type Refusal } from './refusal.js';
export { CurrentPageContext, type PageContext } from './session/page-context.js';
export { PageCookie } from './session/page-cookie.js';
export { ForPageAccess } from './session/page-session.guard.js';
export { day } from './texts/format.js';
export type { Texts } from './texts/en.js';
export { CodeField, ErrorSummary, Field, Note, type Problems } from './views/form.js';

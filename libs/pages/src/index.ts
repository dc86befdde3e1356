/** What pages of an app are made of; nothing else may be imported from this library. */
export { KeyField } from './entry/key-field.view.js';
export { MailSent, SignInLink } from './entry/mail-sent.view.js';
export { NewPasswordFields, newPasswordRefusals } from './entry/new-password-fields.view.js';
export { errorPages } from './error-pages.js';
export { explain, FormReader, type KnownRefusal } from './form-reader.service.js';
export { PageForm } from './forms.js';
export { OwnFactorsService, type OwnFactors } from './mfa/own-factors.service.js';
export { OwnOverview } from './mfa/own-overview.view.js';
export type { Download, Page, PageAnswer } from './page.js';
export type { NavigationEntry, PageArea } from './page-area.js';
export { PagesController } from './pages-controller.decorator.js';
export { PagesModule } from './pages.module.js';
export type { PagesOptions } from './pages.options.js';
export {
  CurrentPageContext,
  CurrentSession,
  isActing,
  type PageContext,
  type SessionContext,
} from './session/page-context.js';
export { PageCookie } from './session/page-cookie.js';
export { ForPageAccess } from './session/page-session.guard.js';
export { StepUpForms, type ProtectedAction } from './step-up/step-up-forms.service.js';
export { day, moment } from './texts/format.js';
export { methodName } from './texts/method-name.js';
export type { Texts } from './texts/en/index.js';
export { LineChart } from './views/chart.js';
export { Checkboxes } from './views/checkboxes.js';
export { Checkbox, Select } from './views/choices.js';
export { ErrorSummary, Field, Note, type Problems } from './views/form.js';
export { Facts, Pager, Table } from './views/table.js';

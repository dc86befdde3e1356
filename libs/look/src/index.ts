export { browserOf } from './browser.js';
export { escapeHtml } from './escape-html.js';
export { layOutMail, type LaidOutMail, type MailPart } from './mail-layout.js';
export { mailLanguage, momentInWords, whenAndWhere, type Language } from './mail-words.js';
export { colorTokens, DEFAULT_LOOK, type Look } from './palette.js';
export { contrast, parseColor } from './theme.js';

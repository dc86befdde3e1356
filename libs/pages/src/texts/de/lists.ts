import type { Texts } from '../en/index.js';

export const lists: Texts['lists'] = {
  pages: 'Seiten der Liste',
  range: (from, to, total, hasMore) => `${from} bis ${to} von ${hasMore ? 'mehr als ' : ''}${total}`,
  none: 'Nichts gefunden.',
  previous: 'Zurück',
  next: 'Weiter',
  search: 'Suchen',
  filter: 'Filtern',
  reset: 'Alles zeigen',
  all: 'Alle',
  yes: 'Ja',
  no: 'Nein',
};

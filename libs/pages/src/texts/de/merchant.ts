import type { Texts } from '../en/index.js';

export const merchant: Texts['merchant'] = {
  name: 'Händlerportal',
  signIn: 'Für Nutzerinnen und Nutzer und Beauftragte von Händlern.',
};

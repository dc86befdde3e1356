import type { Texts } from '../en/index.js';

export const backOffice: Texts['backOffice'] = {
  signIn: 'Für Nutzerinnen und Nutzer des Back Office und der Lager.',
};

import type { Texts } from '../en/index.js';

export const agent: Texts['agent'] = {
  signIn: 'Für Agentinnen und Agenten, die für Kunden handeln.',
  mfaHint:
    'Dies ist dasselbe Konto wie im Back Office: Ein Verfahren, das Sie hier einschalten, wird auch dort verlangt.',
  overview: { customers: 'Kunden suchen', customersIntro: 'Suchen Sie den Kunden, für den Sie handeln möchten.' },
  customers: {
    title: 'Kunden',
    query: 'Referenz, E-Mail-Adresse oder Name',
    hint: 'Ein Teil davon; weniger als drei Zeichen finden den Anfang. Ohne Eingabe sehen Sie alle.',
    button: 'Suchen',
    foundMore: (most) => `Mehr als ${most} Kunden. Geben Sie mehr vom Namen ein.`,
    columns: { reference: 'Referenz', name: 'Name', email: 'E-Mail-Adresse' },
    actFor: (reference) => `Für ${reference} handeln`,
  },
  act: {
    title: 'Für einen Kunden handeln',
    intro:
      'Sie sehen und ändern, was dieser Kunde kann, auf denselben Seiten. Was Sie tun, wird mit Ihrem Namen festgehalten.',
    codes: 'Wo ein Code verlangt wird, ist es einer Ihrer eigenen Verfahren. Wenn Sie sich abmelden, endet es.',
    button: 'Für diesen Kunden handeln',
    back: 'Zurück zur Suche',
    failed:
      'Für diesen Kunden kann niemand handeln: Die E-Mail-Adresse ist nicht bestätigt, oder das Konto wurde gelöscht.',
  },
  acting: {
    title: 'Sie handeln für einen Kunden',
    banner: (email, reference) => `Sie handeln für ${email} (${reference}).`,
    end: 'Beenden',
  },
};

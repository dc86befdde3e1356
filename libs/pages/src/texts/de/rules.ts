import type { Texts } from '../en/index.js';

export const rules: Texts['rules'] = {
  notBlank: () => 'Füllen Sie das aus.',
  notOnlySpace: () => 'Füllen Sie das aus.',
  minLength: (bound) => `Mindestens ${bound} Zeichen.`,
  maxLength: (bound) => `Höchstens ${bound} Zeichen.`,
  textCharacters: () => 'Ein Zeichen darin lässt sich nicht speichern.',
  characters: () =>
    'Mindestens ein Groß- und ein Kleinbuchstabe, eine Ziffer und ein Zeichen wie ! oder -, keine Umlaute.',
  email: () => 'Das ist keine E-Mail-Adresse.',
  choice: () => 'Wählen Sie aus der Liste.',
  uniqueList: () => 'Wählen Sie mindestens eines.',
  true: () => 'Kreuzen Sie das an.',
  date: () => 'Das ist kein Datum.',
  birthDate: () => 'Das kann kein Geburtsdatum sein.',
  moment: () => 'Das ist kein Datum mit Uhrzeit.',
  other: () => 'Das kann nicht stimmen.',
};

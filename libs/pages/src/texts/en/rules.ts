/** What is wrong with a field, by the names of the rules of the API. The number is the rule's bound. */
export const rules: Readonly<Record<string, (bound: number) => string>> & {
  readonly other: (bound: number) => string;
} = {
  notBlank: () => 'Fill this in.',
  notOnlySpace: () => 'Fill this in.',
  minLength: (bound) => `At least ${bound} characters.`,
  maxLength: (bound) => `At most ${bound} characters.`,
  textCharacters: () => 'It has a character that cannot be stored.',
  characters: () => 'At least a capital and a small letter, a digit and a sign such as ! or -, and no umlauts.',
  email: () => 'This is no e-mail address.',
  choice: () => 'Choose one of the list.',
  uniqueList: () => 'Choose at least one.',
  true: () => 'Tick this.',
  date: () => 'This is no date.',
  birthDate: () => 'This is no possible date of birth.',
  moment: () => 'This is no date with a time.',
  other: () => 'This cannot be right.',
};

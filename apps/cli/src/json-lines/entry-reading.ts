import type { z } from 'zod';
import { placeText } from './problems.js';

/** Either an entry, or all that is wrong with it; the texts show no value. */
export type EntryReading<Entry> =
  | { readonly entry: Entry; readonly problems?: undefined }
  | { readonly problems: readonly string[]; readonly entry?: undefined };

export type EntryReader<Entry> = (value: unknown) => EntryReading<Entry>;

/** Makes a reader of parsed lines; `ruleOf` has the texts of what is wrong. */
export function readerOf<Entry>(schema: z.ZodType<Entry>, ruleOf: z.core.$ZodErrorMap): EntryReader<Entry> {
  return (value) => {
    const { data, error } = schema.safeParse(value, { error: ruleOf });
    return data ? { entry: data } : { problems: (error?.issues ?? []).flatMap(problemTexts) };
  };
}

function problemTexts({ path, message, ...issue }: z.core.$ZodIssue): string[] {
  const places = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
  return places.map((place) => (place.length > 0 ? `${placeText(place)}: ${message}` : message));
}

/** A time to wait in words: seconds up to two minutes, else whole minutes, rounded up. */
export function wait(locale: string, seconds: number): string {
  const [unit, count] = seconds < 120 ? ['second', seconds] : ['minute', Math.ceil(seconds / 60)];
  return new Intl.NumberFormat(locale, { style: 'unit', unit: unit as string, unitDisplay: 'long' }).format(
    count as number,
  );
}

/** A day in words, such as 1 December 2026. */
export const day = dateFormat({ dateStyle: 'long' });

const timeOfDay = dateFormat({ timeStyle: 'short' });
const dayAndTime = dateFormat({ dateStyle: 'medium', timeStyle: 'medium' });

/** A time of day with its zone, such as 14:05 UTC. */
export const time = (locale: string, date: Date): string => `${timeOfDay(locale, date)} UTC`;

/** A day and a time with its zone, short enough for a table. */
export const moment = (locale: string, date: Date): string => `${dayAndTime(locale, date)} UTC`;

/** Keeps a format for each language: to make one takes a hundred times as long as to use it, and tables have many dates. */
function dateFormat(style: Intl.DateTimeFormatOptions): (locale: string, date: Date) => string {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (locale, date) => {
    const format = formats.get(locale) ?? new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' });
    formats.set(locale, format);
    return format.format(date);
  };
}

/** A time to wait in words: seconds up to two minutes, else whole minutes, rounded up. */
export function wait(locale: string, seconds: number): string {
  const [unit, count] = seconds < 120 ? ['second', seconds] : ['minute', Math.ceil(seconds / 60)];
  return new Intl.NumberFormat(locale, { style: 'unit', unit: unit as string, unitDisplay: 'long' }).format(
    count as number,
  );
}

/** A day in words, such as 1 December 2026. */
export function day(locale: string, date: Date): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}

/** A time of day with its zone, such as 14:05 UTC. */
export function time(locale: string, date: Date): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(date) + ' UTC';
}

/** A day and a time with its zone, short enough for a table. */
export function moment(locale: string, date: Date): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
  return `${format.format(date)} UTC`;
}

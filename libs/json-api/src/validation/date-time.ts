const RFC_3339 =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(\d\d))T([01]\d|2[0-3])(:[0-5]\d){2}(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

/**
 * Parses a date with time and offset, such as `2027-01-31T08:00:00+01:00` (RFC 3339, section 5.6).
 *
 * @returns undefined for any other text, a day that does not exist, and years outside 1 to 9999
 */
export function parseDateTime(text: string): Date | undefined {
  const [, date, day] = RFC_3339.exec(text) ?? [];
  if (date === undefined || new Date(`${date}T00:00:00Z`).getUTCDate() !== Number(day)) return undefined;
  const moment = new Date(text.toUpperCase());
  const year = moment.getUTCFullYear();
  return year >= 1 && year <= 9999 ? moment : undefined;
}

/** Formats a time for attributes: UTC, `2021-02-09 10:30:00.000000` (contract: section 3.1, formats). */
export function timestamp(moment: Date): string {
  return `${moment.toISOString().slice(0, -1).replace('T', ' ')}000`;
}

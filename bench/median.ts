/** The value that half of all values do not exceed. @throws TypeError without values */
export function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  if (middle === undefined) throw new TypeError('no values, no median');
  return middle;
}

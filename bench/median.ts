/**
 * The value that half of all values do not exceed.
 *
 * @throws TypeError if there are no values
 */
export const median = (values: readonly number[]): number => percentile(values, 0.5);

/**
 * The value that the given part of all values does not exceed.
 *
 * @throws TypeError if there are no values
 */
export function percentile(values: readonly number[], part: number): number {
  const value = values.toSorted((a, b) => a - b)[Math.floor(values.length * part)];
  if (value === undefined) throw new TypeError('no values, no percentile');
  return value;
}

/** The JSON form of a type: times in ISO 8601, bytes in hexadecimal, integers of any size as decimal text. */
export type Told<T> = {
  readonly [Name in keyof T]: T[Name] extends Date | Buffer | bigint
    ? string
    : T[Name] extends Date | null
      ? string | null
      : T[Name];
};

export function dateOf(text: string | null | undefined): Date | null {
  return text ? new Date(text) : null;
}

/** As PostgreSQL's JSON has it: moments in ISO 8601, bytes in the hexadecimal digits of `encode`. */
export type Told<T> = {
  readonly [Name in keyof T]: T[Name] extends Date | Buffer
    ? string
    : T[Name] extends Date | null
      ? string | null
      : T[Name];
};

export function momentOf(text: string | null | undefined): Date | null {
  return text ? new Date(text) : null;
}

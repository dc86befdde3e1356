/** As JSON has it: moments in ISO 8601, bytes in hexadecimal digits, integers of any size in decimal ones. */
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

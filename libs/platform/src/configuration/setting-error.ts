/** A wrong setting. The message has the variable's name and its rule, never its value. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
  readonly forOperator = true;

  static of(variable: string, rule: string): SettingError {
    return new SettingError(`${variable} ${rule}`);
  }
}

/** What an authenticator app shows for an account, and the secret in base32. */
export interface KeyUriParts {
  readonly issuer: string;
  /** The account's name at the issuer, such as an e-mail address. */
  readonly label: string;
  readonly secret: string;
}

/**
 * The URI that an authenticator app reads from the QR code:
 * https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 *
 * Special characters, including blanks, are percent-encoded: apps would show the `+` of a form encoding. The default
 * values (SHA1, 6 digits, 30 seconds) are written out, because some apps have other defaults.
 */
export function keyUri({ issuer, label, secret }: KeyUriParts): string {
  const shop = encodeURIComponent(issuer);
  const query = `issuer=${shop}&secret=${secret}&algorithm=SHA1&digits=6&period=30`;
  return `otpauth://totp/${shop}:${encodeURIComponent(label)}?${query}`;
}

/** What an authenticator app shows of an account, and its secret in base32. */
export interface KeyUriParts {
  readonly issuer: string;
  /** The account's name within the issuer, such as an e-mail address. */
  readonly label: string;
  readonly secret: string;
}

/**
 * The URI that an authenticator app reads from the QR code: https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 *
 * Percent signs for everything special, blanks included: apps show the `+` of a form encoding as it stands. What is a
 * default of the format (SHA1, 6 digits, 30 seconds) is named all the same, because some apps have other defaults.
 */
export function keyUri({ issuer, label, secret }: KeyUriParts): string {
  const shop = encodeURIComponent(issuer);
  const query = `issuer=${shop}&secret=${secret}&algorithm=SHA1&digits=6&period=30`;
  return `otpauth://totp/${shop}:${encodeURIComponent(label)}?${query}`;
}

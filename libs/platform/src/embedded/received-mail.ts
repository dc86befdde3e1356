import { randomUUID } from 'node:crypto';
import type { Address, Email } from 'postal-mime';

/** A mail in the local mailbox. */
export interface ReceivedMail {
  readonly id: string;
  /** The address only, without a name. */
  readonly from: string;
  /** The recipients of the envelope. */
  readonly to: readonly string[];
  readonly subject: string;
  /** RFC 3339 in UTC, with milliseconds. */
  readonly receivedAt: string;
  readonly text: string;
  /** Empty if the mail has no HTML part. */
  readonly html: string;
  /** By name in lower case. Values of repeated headers are joined with line breaks. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

/** Parses a raw RFC 5322 message. */
export async function readMail(raw: Buffer, envelope: Envelope): Promise<ReceivedMail> {
  const { default: PostalMime } = await import('postal-mime');
  const mail = await PostalMime.parse(raw);
  return {
    id: randomUUID(),
    from: addressOf(mail.from) ?? envelope.from,
    to: envelope.to,
    subject: mail.subject ?? '',
    receivedAt: new Date().toISOString(),
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: headersOf(mail),
  };
}

function addressOf(address: Address | undefined): string | undefined {
  return address?.address || undefined;
}

function headersOf({ headers }: Email): Record<string, string> {
  const byName = new Map<string, string>();
  for (const { key, value } of headers) {
    const earlier = byName.get(key);
    byName.set(key, earlier === undefined ? value : `${earlier}\n${value}`);
  }
  return Object.fromEntries(byName);
}

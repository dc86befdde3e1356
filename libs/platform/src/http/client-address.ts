import { isIP, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A client, identified by its address. */
export interface ClientAddress {
  /** For logs and the audit trail: IPv6 in its canonical form, IPv4 always in dotted form. */
  readonly address: string;
  /** For limits. For IPv6 it is the /64 network, because whoever has one address in it can use all of them. */
  readonly network: string;
}

/** A request with its client. */
export interface ClientRequest {
  readonly client: ClientAddress;
}

/**
 * Used for all addresses that cannot be read. They share one limit, so that an unreadable address does not avoid
 * limits.
 */
const UNKNOWN: ClientAddress = { address: 'unknown', network: 'unknown' };

const NETWORK_BITS = 64;
const WITH_BRACKETS = /^\[(.+)\](?::\d{1,5})?$/;
const WITH_PORT = /^([\d.]+):\d{1,5}$/;
const ZONE = /%.*$/;

/** Parses a client's address. Limits, the audit trail and logs all use this function. */
export function clientAddressOf(written: string | undefined): ClientAddress {
  const address = parseAddress(written ?? '');
  if (!address) return UNKNOWN;
  const text = address.toString();
  if (address.kind() === 'ipv4') return { address: text, network: text };
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${text}/${NETWORK_BITS}`);
  return { address: text, network: `${network.toString()}/${NETWORK_BITS}` };
}

/** Whether a proxy's address is in one of these addresses or ranges, such as `10.0.0.0/8`. */
export function isAmong(ranges: readonly string[]): (hop: string) => boolean {
  const parsed = ranges.map(parseRange);
  return (hop) => {
    const address = parseAddress(hop);
    return address !== undefined && parsed.some(([range, bits]) => asIPv6(address).match(range, bits));
  };
}

function parseRange(written: string): [ipaddr.IPv6, number] {
  const [address = '', bits] = written.split('/');
  const range = ipaddr.parse(address);
  const before = range.kind() === 'ipv4' ? 96 : 0;
  return [asIPv6(range), bits === undefined ? 128 : before + Number(bits)];
}

/** Makes addresses and ranges of both families comparable. */
const asIPv6 = (address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv6 =>
  address instanceof ipaddr.IPv4 ? address.toIPv4MappedAddress() : address;

/**
 * Also accepts ports, brackets and zones, which proxies add, and the prefix `::ffff:`, which a dual-stack socket adds
 * to IPv4.
 */
function parseAddress(written: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const text = written.trim();
  const [, inner = text] = WITH_BRACKETS.exec(text) ?? WITH_PORT.exec(text) ?? [];
  // stricter than the parser, which accepts `127.1` and octal numbers
  if (isIP(inner) === 0 || (inner !== text && text.startsWith('[') && !isIPv6(inner))) return undefined;
  return ipaddr.process(inner.replace(ZONE, ''));
}

import { isIP, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whose request it is, as far as its address tells. */
export interface ClientAddress {
  /** As logs and the audit trail have it: IPv6 in its canonical spelling, IPv4 as IPv4 however it was written. */
  readonly address: string;
  /** As limits count it: of IPv6 the /64, because whoever has one address there has all of that. */
  readonly network: string;
}

/** A request of a client. */
export interface ClientRequest {
  readonly client: ClientAddress;
}

/** All clients whose address a proxy garbled share one: what cannot be read is no free pass. */
const UNKNOWN: ClientAddress = { address: 'unknown', network: 'unknown' };

const NETWORK_BITS = 64;
const WITH_BRACKETS = /^\[(.+)\](?::\d{1,5})?$/;
const WITH_PORT = /^([\d.]+):\d{1,5}$/;
const ZONE = /%.*$/;

/** The one reading of a client's address, for limits, the audit trail and logs. */
export function clientAddressOf(written: string | undefined): ClientAddress {
  const address = parseAddress(written ?? '');
  if (!address) return UNKNOWN;
  const text = address.toString();
  if (address.kind() === 'ipv4') return { address: text, network: text };
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${text}/${NETWORK_BITS}`);
  return { address: text, network: `${network.toString()}/${NETWORK_BITS}` };
}

/** Whether a hop of a request is in one of these addresses or ranges, such as `10.0.0.0/8`. */
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

/** So that ranges and addresses of both families compare. */
const asIPv6 = (address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv6 =>
  address instanceof ipaddr.IPv4 ? address.toIPv4MappedAddress() : address;

/** Proxies add ports, brackets and zones; `::ffff:` is how a socket for both families spells IPv4. */
function parseAddress(written: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const text = written.trim();
  const [, inner = text] = WITH_BRACKETS.exec(text) ?? WITH_PORT.exec(text) ?? [];
  // stricter than the parser, which takes `127.1` and octal numbers
  if (isIP(inner) === 0 || (inner !== text && text.startsWith('[') && !isIPv6(inner))) return undefined;
  return ipaddr.process(inner.replace(ZONE, ''));
}

import { describe, expect, it } from 'vitest';
import { clientAddressOf, isAmong } from './client-address.js';

describe('The address of a client', () => {
  it.each([
    ['203.0.113.51', '203.0.113.51'],
    [' 203.0.113.51:40001 ', '203.0.113.51'],
    ['::ffff:203.0.113.51', '203.0.113.51'],
    ['::FFFF:cb00:7133', '203.0.113.51'],
    ['[::ffff:203.0.113.51]:443', '203.0.113.51'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:40001', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%25eth0]:1', 'fe80::1'],
  ])('written as %s is %s', (written, address) => {
    expect(clientAddressOf(written).address).toBe(address);
  });

  it.each([
    ['203.0.113.51', '203.0.113.51'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff::', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::', '2001:db8:1:3::/64'],
  ])('%s counts as %s', (written, network) => {
    expect(clientAddressOf(written).network).toBe(network);
  });

  it.each([
    ...[undefined, '', 'unknown', '_hidden', 'shop.example', '203.0.113', '127.1', '0x7f.0.0.1', '010.0.0.1'],
    ...['203.0.113.256', '203.0.113.51:', '203.0.113.51:port', '[203.0.113.51]', '2001:db8::1::2', '[2001:db8::1'],
    ...['203.0.113.51, 203.0.113.52', '203.0.113.51 OR 1=1', '%eth0', '2001:db8::1/64'],
  ])('that cannot be read is unknown, and one for all: %s', (written) => {
    expect(clientAddressOf(written)).toEqual({ address: 'unknown', network: 'unknown' });
  });
});

describe('A hop of a request', () => {
  const isTrusted = isAmong(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32', '::ffff:198.51.100.0/120']);

  it.each(['10.9.8.7', '::ffff:10.9.8.7', '10.9.8.7:443', '192.0.2.7', '[2001:db8::1]:80', '2001:db8::1%eth0'])(
    '%s is among the trusted ones however it is written',
    (hop) => expect(isTrusted(hop)).toBe(true),
  );

  it('given as IPv4 within IPv6 is IPv4', () => expect(isTrusted('198.51.100.9')).toBe(true));

  it.each(['11.0.0.1', '192.0.2.8', '2001:db9::1', 'junk', ''])('%s is not', (hop) => {
    expect(isTrusted(hop)).toBe(false);
  });
});

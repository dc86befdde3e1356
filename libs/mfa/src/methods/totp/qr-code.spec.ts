import jsQr from 'jsqr';
import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { keyUri } from './key-uri.js';
import { qrCodeDataUri } from './qr-code.js';

const PREFIX = 'data:image/svg+xml;base64,';
const QUIET_ZONE = 4;
const PIXELS = 4;

const URI = keyUri({
  issuer: 'Sallyport Shop',
  label: 'ada@example.test',
  secret: 'OGZPJ3VXWGQ5KQ4WZC2DDYFTSAJXNUEB',
});

const svgOf = (text: string): string => {
  const dataUri = qrCodeDataUri(text);
  expect(dataUri.startsWith(PREFIX)).toBe(true);
  return Buffer.from(dataUri.slice(PREFIX.length), 'base64').toString();
};

/** The image, drawn: for each module whether it is dark, quiet zone included. */
const modulesOf = (svg: string): boolean[][] => {
  const width = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  expect(svg).toContain(`<path fill="#fff" d="M0 0h${width}v${width}H0z"/>`);
  const modules = Array.from({ length: width }, () => new Array<boolean>(width).fill(false));
  const path = /<path stroke="#000" d="([^"]*)"\/><\/svg>$/.exec(svg)?.[1] ?? '';
  expect(path).toMatch(/^(M\d+ \d+\.5(h\d+|m\d+ 0)+)+$/);
  for (const [, left, row, way] of path.matchAll(/M(\d+) (\d+)\.5([hm\d ]+)/g)) {
    let x = Number(left);
    for (const [, pen, length] of way!.matchAll(/([hm])(\d+)/g)) {
      if (pen === 'h') modules[Number(row)]!.fill(true, x, x + Number(length));
      x += Number(length);
    }
  }
  return modules;
};

/** Reads the code as the camera of an authenticator app would. */
const read = (modules: boolean[][]): string | undefined => {
  const width = modules.length * PIXELS;
  const image = new Uint8ClampedArray(width * width * 4);
  for (let pixel = 0; pixel < width * width; pixel += 1) {
    const row = Math.floor(pixel / width / PIXELS);
    const column = Math.floor((pixel % width) / PIXELS);
    const brightness = modules[row]![column] ? 0 : 255;
    image.set([brightness, brightness, brightness, 255], pixel * 4);
  }
  return jsQr.default(image, width, width, { inversionAttempts: 'dontInvert' })?.data;
};

describe('qrCodeDataUri', () => {
  it.each([URI, keyUri({ issuer: 'Ä', label: `${'ü'.repeat(60)}@example.test`, secret: 'A'.repeat(32) }), 'x'])(
    'is read by a QR reader as %s',
    (text) => {
      expect(read(modulesOf(svgOf(text)))).toBe(text);
    },
  );

  it('draws each module of the matrix, with a quiet zone of four modules around', () => {
    const modules = modulesOf(svgOf(URI));
    const { data, size } = encode(URI, { ecc: 'M', border: 0 });
    const inner = (from: readonly boolean[]): boolean[] => from.slice(QUIET_ZONE, QUIET_ZONE + size);
    expect(modules).toHaveLength(size + 2 * QUIET_ZONE);
    expect(modules.slice(QUIET_ZONE, QUIET_ZONE + size).map(inner)).toEqual(data);
    const dark = (all: readonly boolean[][]): number => all.flat().filter(Boolean).length;
    expect(dark(modules)).toBe(dark(data));
  });

  it('is small enough for an answer in JSON', () => {
    expect(qrCodeDataUri(URI).length).toBeLessThan(6_500);
  });
});

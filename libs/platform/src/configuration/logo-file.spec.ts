import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SettingError } from './setting-error.js';
import { readSettings } from './settings.js';

const RULE = 'PAGES_LOGO must be the path of an SVG or PNG file of at most 64 kB';
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>';
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

describe('The logo of pages', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-logo-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const logoOf = (content: string | Buffer) => {
    const path = join(folder, 'logo.jpg'); // the content counts, not the name
    writeFileSync(path, content);
    return readSettings({ PAGES_LOGO: path }).pages.logo;
  };

  it('is none, if the setting is not set', () => {
    expect(readSettings({}).pages.logo).toBeUndefined();
  });

  it.each([
    SVG,
    `${SVG}\n`,
    `\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<!-- Made by hand > with care -->\n${SVG}`,
    `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">${SVG}`,
  ])('is SVG by its content: %s', (content) => {
    expect(logoOf(content)).toEqual({ type: 'image/svg+xml', content: Buffer.from(content) });
  });

  it('is PNG by its content', () => {
    const content = Buffer.from(PNG, 'base64');
    expect(logoOf(content)).toEqual({ type: 'image/png', content });
  });

  it.each<[string, string | Buffer, string]>([
    ['an empty file', '', 'its content is neither'],
    ['a document with SVG in it', '<html><svg></svg></html>', 'its content is neither'],
    ['another element', '<svgx></svgx>', 'its content is neither'],
    ['half of an SVG file', SVG.slice(0, -6), 'its content is neither'],
    ['an SVG file with entities', `<!DOCTYPE svg [<!ENTITY a "b">]>${SVG}`, 'its content is neither'],
    ['an SVG file that is no UTF-8', Buffer.from(SVG.replace('path', 'p\xe4th'), 'latin1'), 'its content is neither'],
    ['a JPEG file', Buffer.from('ffd8ffe000104a4649460001', 'hex'), 'its content is neither'],
    ['the first bytes of a PNG file', Buffer.from(PNG, 'base64').subarray(0, 10), 'its content is neither'],
    ['65,537 bytes', SVG + ' '.repeat(65_537 - SVG.length), 'it has 65537 bytes'],
  ])('is refused with the name of the setting and the reason: %s', (_, content, reason) => {
    expect(() => logoOf(content)).toThrow(new SettingError(`${RULE} (${reason})`));
  });

  it('may have 64 kB', () => {
    expect(logoOf(SVG + ' '.repeat(65_536 - SVG.length))?.content).toHaveLength(65_536);
  });

  it.each([
    ['nothing.svg', 'ENOENT'],
    ['.', 'EISDIR'],
  ])('is refused where there is no such file: %s', (name, code) => {
    expect(() => readSettings({ PAGES_LOGO: join(folder, name) })).toThrow(
      new SettingError(`${RULE} (it cannot be read: ${code})`),
    );
  });
});

import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';

/** A picture that pages show. */
export interface Logo {
  readonly type: 'image/svg+xml' | 'image/png';
  readonly content: Buffer;
}

const MOST_BYTES = 65_536;
const RULE = 'must be the path of an SVG or PNG file of at most 64 kB';

/** The signature, and the chunk that each file begins with (PNG specification, sections 5.2 and 11.2.1). */
const PNG_START = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** The root element, behind an XML declaration, comments and a document type without declarations of its own. */
const SVG_START = /^\uFEFF?\s*(<\?xml[^>]*\?>\s*)?(<!--(?:(?!-->)[^])*-->\s*|<!DOCTYPE svg[^>[]*>\s*)*<svg[\s>]/i;

/** The file of a path, whose type is that of its content; it is read once, at the start. */
export const logoFile = z.string().transform((path, context): Logo => {
  const read = readLogo(path);
  if (typeof read !== 'string') return read;
  context.addIssue({ code: 'custom', message: `${RULE} (${read})` });
  return z.NEVER;
});

/** @returns what is wrong, in place of the logo */
function readLogo(path: string): Logo | string {
  let content: Buffer;
  try {
    const { size } = statSync(path);
    if (size > MOST_BYTES) return `it has ${size} bytes`;
    content = readFileSync(path);
  } catch (error) {
    return `it cannot be read: ${String((error as NodeJS.ErrnoException).code)}`;
  }
  const type = typeOf(content);
  return type ? { type, content } : 'its content is neither';
}

function typeOf(content: Buffer): Logo['type'] | undefined {
  if (content.subarray(0, PNG_START.length).equals(PNG_START)) return 'image/png';
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
    return SVG_START.test(text) && /<\/svg\s*>\s*$/i.test(text) ? 'image/svg+xml' : undefined;
  } catch {
    return undefined; // not UTF-8
  }
}

import { createHash } from 'node:crypto';
import type { Settings } from '#platform';
import { SCRIPT } from './script.js';
import { stylesheet } from './stylesheet.js';

/** A file that pages need; its name has the hash of its content, so that it can be kept for ever. */
export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly content: string | Buffer;
}

export interface Assets {
  readonly stylesheet: Asset;
  readonly script: Asset;
  readonly logo?: Asset;
}

/** @param pages the operator's colour and logo */
export function makeAssets({ color, logo }: Pick<Settings['pages'], 'color' | 'logo'>): Assets {
  return {
    stylesheet: asset('pages', 'css', 'text/css; charset=utf-8', stylesheet(color)),
    script: asset('pages', 'js', 'text/javascript; charset=utf-8', SCRIPT),
    ...(logo && { logo: asset('logo', logo.type === 'image/png' ? 'png' : 'svg', logo.type, logo.content) }),
  };
}

function asset(name: string, extension: string, type: string, content: Asset['content']): Asset {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return { path: `/assets/${name}.${hash}.${extension}`, type, content };
}

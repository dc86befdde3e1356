import { createHash } from 'node:crypto';
import { SCRIPT } from './script.js';
import { stylesheet } from './stylesheet.js';

/** A file that pages need; its name has the hash of its content, so that it can be kept for ever. */
export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly content: string;
}

export interface Assets {
  readonly stylesheet: Asset;
  readonly script: Asset;
}

/** @param color the operator's own, such as `#0b5cad` */
export function makeAssets(color: string): Assets {
  return {
    stylesheet: asset('css', 'text/css; charset=utf-8', stylesheet(color)),
    script: asset('js', 'text/javascript; charset=utf-8', SCRIPT),
  };
}

function asset(extension: string, type: string, content: string): Asset {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return { path: `/assets/pages.${hash}.${extension}`, type, content };
}

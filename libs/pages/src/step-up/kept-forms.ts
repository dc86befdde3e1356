import { hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { seal, unseal } from '#mfa/sealing';
import { PageForm } from '../forms.js';
import { PAGES_OPTIONS, type PagesOptions } from '../pages.options.js';

/** Where a form is kept for: another session or page cannot open it. */
export interface KeptFor {
  readonly sessionId: string;
  readonly path: string;
}

const KEY_BYTES = 32;

/**
 * Keeps a form in the page that asks for a code, sealed: what was typed, such as a password, is neither readable there nor
 * stored anywhere else.
 */
@Injectable()
export class KeptForms {
  /** The first one seals, all of them open, as with codes. */
  private readonly keys: readonly [Uint8Array, ...Uint8Array[]];

  constructor(@Inject(PAGES_OPTIONS) { settings }: PagesOptions) {
    const keys = settings
      .mfaSecrets()
      .map(({ secret }) => new Uint8Array(hkdfSync('sha256', secret, '', 'forms of pages', KEY_BYTES)));
    this.keys = keys as [Uint8Array, ...Uint8Array[]];
  }

  keep(form: PageForm, keptFor: KeptFor): string {
    const text = Buffer.from(JSON.stringify(form.entries()));
    return seal(this.keys[0], ownerOf(keptFor), text).toString('base64url');
  }

  /** @returns undefined for what was not kept here, or for another session or page */
  open(kept: string, keptFor: KeptFor): PageForm | undefined {
    const sealed = Buffer.from(kept, 'base64url');
    for (const key of this.keys) {
      const text = unseal(key, ownerOf(keptFor), sealed);
      if (text) return new PageForm(JSON.parse(Buffer.from(text).toString()) as [string, string[]][]);
    }
    return undefined;
  }
}

function ownerOf({ sessionId, path }: KeptFor): readonly string[] {
  return ['page-form', sessionId, path];
}

import { createHmac } from 'node:crypto';
import type { TestApp } from '#testing';
import { loginAt } from './protected-shop.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_SECONDS = 30;

/** The app on a person's phone, and the session in which it was set up. */
export interface Enrolment {
  readonly token: string;
  /** In base32, as activate has shown it. */
  readonly secret: string;
}

/** What an authenticator app shows at a moment (RFC 6238). */
export function codeAt(secret: string, at: Date): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 1000 / STEP_SECONDS)));
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** The code of the next step: each step is good once. */
export function nextCode({ clock }: TestApp, secret: string): string {
  clock.advance(STEP_SECONDS);
  return codeAt(secret, clock.now());
}

/** Begins to set an authenticator app up, and does not verify it. */
export async function beginAuthenticator(shop: TestApp, email: string): Promise<Enrolment> {
  const token = await loginAt(shop, email);
  const { json } = await shop.api.post('/multi-factor-auth-type-activate', { type: 'totp' }, { token });
  return { token, secret: json.data.attributes.secret };
}

/** A customer who has set an authenticator app up. */
export async function enrolAuthenticator(shop: TestApp, email: string): Promise<Enrolment> {
  const enrolment = await beginAuthenticator(shop, email);
  const { token, secret } = enrolment;
  const code = codeAt(secret, shop.clock.now());
  await shop.api.post('/multi-factor-auth-type-verify', { type: 'totp' }, { token, code });
  return enrolment;
}

/** @param code of a method that is active already */
export async function makeRecoveryCodes({ api }: TestApp, token: string, code: string): Promise<readonly string[]> {
  const { json } = await api.post('/multi-factor-auth-type-activate', { type: 'recovery-code' }, { token, code });
  return json.data.attributes.codes;
}

function bytesOf(text: string): Buffer {
  const bits = Array.from(text, (character) => ALPHABET.indexOf(character).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

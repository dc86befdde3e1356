import { styleText } from 'node:util';
import { progress } from '../progress.js';
import { layOut } from './json-layout.js';
import { bodyOf, headersOf, type Answer, type Request } from './http.js';
import { inWords, type Promised } from './promise.js';

const SHOWN_OF_TOKENS = 12;
const TOKEN_MEMBERS = new Set(['accessToken', 'refreshToken', 'access_token', 'refresh_token']);

// styleText leaves a single style out where standard output is no terminal, but not several at once

export function tellChapter(title: string): void {
  progress(`\n${styleText('underline', title)}`);
}

export function tellStep(sentence: string): void {
  progress(`\n${styleText('bold', sentence)}`);
}

export function tellNote(text: string): void {
  progress(`  ${styleText('yellow', text)}`);
}

export function tellMail(text: string): void {
  progress(`\n  ${styleText('magenta', `✉ ${text}`)}`);
}

/** @param who sends it: the request of an owner and of a thief may be the same but for the token */
export function tellRequest(who: string, request: Request): void {
  progress(`\n  ${styleText('cyan', `${who} → ${request.method} ${request.path}`)}`);
  for (const [name, value] of Object.entries(headersOf(request))) {
    tellDetail(`${name}: ${name === 'Authorization' ? shortened(value, 'Bearer '.length) : value}`);
  }
  tellBody(bodyOf(request));
}

export function tellAnswer({ status, statusText, headers, text }: Answer): void {
  progress(`  ${styleText('cyan', `← ${status} ${statusText}`)}`);
  for (const name of ['Content-Type', 'Retry-After']) {
    const value = headers.get(name);
    if (value !== null) tellDetail(`${name}: ${value}`);
  }
  tellBody(text);
}

export function tellKept(promised: Promised): void {
  progress(`  ${styleText('green', `✓ as promised: ${inWords(promised)}`)}`);
}

function tellBody(text: string | undefined): void {
  if (!text) return;
  for (const line of readable(text).split('\n')) tellDetail(line);
}

function tellDetail(line: string): void {
  progress(`      ${styleText('dim', line)}`);
}

/** JSON laid out, with shortened tokens; other text as it is. */
function readable(text: string): string {
  try {
    return layOut(JSON.parse(text, hideTokens));
  } catch {
    return text;
  }
}

function hideTokens(name: string, value: unknown): unknown {
  return TOKEN_MEMBERS.has(name) && typeof value === 'string' ? shortened(value) : value;
}

function shortened(text: string, prefixLength = 0): string {
  return `${text.slice(0, prefixLength + SHOWN_OF_TOKENS)}…`;
}

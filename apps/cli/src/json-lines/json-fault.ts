const SPACE = /[\t\n\r ]*/y;

/** The tokens of RFC 8259; empty where none stands. */
const TOKEN =
  /(?:[[\]{},:]|"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[ !#-[\]-\uffff]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)?/y;

type State = 'value' | 'first item' | 'name' | 'first name' | 'colon' | 'after value';

/**
 * Finds where a text stops being JSON. The parser's own message will not do: it quotes what stands around the fault,
 * which may be a password.
 *
 * @param text something that JSON.parse refused
 * @returns line and column, both from 1
 */
export function findJsonFault(text: string): { readonly line: number; readonly column: number } {
  const open: string[] = [];
  let state: State | undefined = 'value';
  let offset = 0;
  for (let end = 0; state;) {
    offset = endOfMatch(SPACE, text, end);
    end = endOfMatch(TOKEN, text, offset);
    state = nextState(state, text.slice(offset, end), open);
  }
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

function endOfMatch(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  pattern.exec(text);
  return pattern.lastIndex;
}

/** @returns undefined when the token may not stand here; `open` holds the marks that are still to come */
function nextState(state: State, token: string, open: string[]): State | undefined {
  const isText = token.startsWith('"');
  if (token === open.at(-1) && (state.startsWith('first') || state === 'after value')) {
    open.pop();
    return 'after value';
  }
  if (state === 'colon') return token === ':' ? 'value' : undefined;
  if (state === 'name' || state === 'first name') return isText ? 'colon' : undefined;
  if (state === 'after value') return afterComma(token, open);
  if (token === '{' || token === '[') {
    open.push(token === '{' ? '}' : ']');
    return token === '{' ? 'first name' : 'first item';
  }
  return isText || /^[-\dtfn]/.test(token) ? 'after value' : undefined;
}

function afterComma(token: string, open: readonly string[]): State | undefined {
  if (token !== ',' || open.length === 0) return undefined;
  return open.at(-1) === '}' ? 'name' : 'value';
}

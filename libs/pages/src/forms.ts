import type { Code } from '#mfa';

/** The value of a field of a form that was sent; empty where there is none. Of several of a name the first counts. */
export function fieldOf(form: unknown, name: string): string {
  const value = (form as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : '';
}

/** A code as people type or paste it, without the blanks in it; undefined: none was typed. */
export function codeOf(form: unknown): Code | undefined {
  const code = fieldOf(form, 'code').replace(/\s/g, '');
  return code === '' ? undefined : (code as Code);
}

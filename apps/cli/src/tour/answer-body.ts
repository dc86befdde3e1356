import type { Answer } from './http.js';

interface Resource {
  readonly id?: string | null;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** The members of answers that the tour reads. */
interface AnswerBody {
  readonly data?: Resource | readonly Resource[];
  readonly errors?: readonly { readonly code?: string }[];
  readonly access_token?: string;
}

/** The resource or resources of a document; none when the answer is something else. */
export function resourcesOf(answer: Answer): readonly Resource[] {
  return [jsonOf(answer).data ?? []].flat();
}

/** The code of the first error. */
export function errorCodeOf(answer: Answer): string | undefined {
  return jsonOf(answer).errors?.[0]?.code;
}

/** The status of a method in the list of methods. */
export function methodStatusOf(answer: Answer, method: string): unknown {
  return resourcesOf(answer).find(({ attributes }) => attributes?.['type'] === method)?.attributes?.['status'];
}

/** The member of a document at a path such as `data.0.id`; of a list, -1 is the last. */
export function memberAt(answer: Answer, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    if (Array.isArray(value)) return value.at(Number(name));
    return (Object(value) as Readonly<Record<string, unknown>>)[name];
  }, jsonOf(answer));
}

/** The access token in the answer to a login, in the form of either app. */
export function accessTokenOf(answer: Answer): string | undefined {
  const token = resourcesOf(answer)[0]?.attributes?.['accessToken'] ?? jsonOf(answer).access_token;
  return token === undefined ? undefined : String(token);
}

function jsonOf({ text }: Answer): AnswerBody {
  try {
    return Object(JSON.parse(text)) as AnswerBody;
  } catch {
    return {};
  }
}

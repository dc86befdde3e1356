import type { OpenAPIObject } from '@nestjs/swagger';
import { errorResponses, type ApiErrorRow } from '#json-api';

/** What an app says of the routes of a library, which documents them without knowing an app. */
export interface LibraryRoutes {
  /** What their paths begin with. */
  readonly prefix: string;
  /** What the app's gates in front of them refuse. */
  readonly refusals: readonly ApiErrorRow[];
  /** Documented errors that never come in this app. */
  readonly neverAnswered: readonly ApiErrorRow[];
}

interface Response {
  readonly content?: Readonly<
    Record<string, { readonly examples?: Readonly<Record<string, { readonly value: ErrorExample }>> }>
  >;
}

interface ErrorExample {
  readonly errors: readonly ApiErrorRow[];
}

interface Operation {
  readonly responses: Readonly<Record<string, Response>>;
}

/** The document with the errors of a library's routes as they come in an app. */
export function completed(document: OpenAPIObject, routes: LibraryRoutes): OpenAPIObject {
  const paths = Object.entries(document.paths).map(([path, operations]) => {
    if (!path.startsWith(routes.prefix)) return [path, operations] as const;
    const complete = Object.entries(operations as Record<string, Operation>).map(
      ([method, operation]) => [method, withErrors(operation, routes)] as const,
    );
    return [path, Object.fromEntries(complete)] as const;
  });
  return { ...document, paths: Object.fromEntries(paths) as OpenAPIObject['paths'] };
}

function withErrors(operation: Operation, { refusals, neverAnswered }: LibraryRoutes): Operation {
  const { responses } = operation;
  const isNever = ({ status, code }: ApiErrorRow): boolean =>
    neverAnswered.some((never) => never.status === status && never.code === code);
  const errors = Object.values(responses)
    .flatMap(errorsIn)
    .filter((row) => !isNever(row));
  const successes = Object.entries(responses).filter(([, response]) => errorsIn(response).length === 0);
  const refused = errorResponses([...refusals, ...errors]).map(({ status, ...response }) => [status, response]);
  return { ...operation, responses: Object.fromEntries([...successes, ...refused]) };
}

function errorsIn({ content = {} }: Response): ApiErrorRow[] {
  const examples = Object.values(content).flatMap((one) => Object.values(one.examples ?? {}));
  return examples.flatMap(({ value }) => value.errors);
}

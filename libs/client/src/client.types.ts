/** The HTTP methods of the APIs. */
export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** The paths of a document that have a method. */
export type PathsWith<Paths, Method extends HttpMethod> = {
  [Path in keyof Paths]: Paths[Path] extends Record<Lowercase<Method>, { responses: object }> ? Path : never;
}[keyof Paths] &
  string;

/** The operation of a method at a path. */
export type OperationOf<Paths, Path extends keyof Paths, Method extends HttpMethod> =
  Paths[Path] extends Record<Lowercase<Method>, infer Operation> ? Operation : never;

type Documents = 'application/vnd.api+json' | 'application/json';
type Success = 200 | 201 | 204;

type ContentOf<Response> = Response extends { content: infer Content } ? Content[keyof Content] : undefined;
type ResponsesOf<Operation> = Operation extends { responses: infer Responses } ? Responses : never;
type ContentsOf<Responses, Status> = { [S in keyof Responses & Status]: ContentOf<Responses[S]> }[keyof Responses &
  Status];

/** The document of a success or the errors of a refusal, and the response itself. Its body is already read. */
export type Answer<Operation> =
  | {
      readonly data: ContentsOf<ResponsesOf<Operation>, Success>;
      readonly error?: never;
      readonly response: Response;
    }
  | {
      readonly data?: never;
      readonly error: ContentsOf<ResponsesOf<Operation>, Exclude<keyof ResponsesOf<Operation>, Success>>;
      readonly response: Response;
    };

type ParametersOf<Operation> = Operation extends { parameters: infer Parameters } ? Parameters : object;
type FormOf<Operation> = Operation extends {
  requestBody: { content: { 'application/x-www-form-urlencoded': infer Form } };
}
  ? Form
  : never;
type BodyOf<Operation> = [FormOf<Operation>] extends [never]
  ? Operation extends { requestBody: { content: infer Content } }
    ? Content[keyof Content & Documents]
    : never
  : never;

/** The members that a call takes: those of the operation. Members that the operation requires are required. */
type Needs<Operation> = {
  readonly headers?: RequestInit['headers'];
  readonly signal?: AbortSignal;
} & (ParametersOf<Operation> extends { path: infer Path }
  ? { readonly params: { readonly path: Path } & Options<Operation> }
  : { readonly params?: Options<Operation> }) &
  ([BodyOf<Operation>] extends [never] ? object : { readonly body: BodyOf<Operation> }) &
  ([FormOf<Operation>] extends [never] ? object : { readonly form: FormOf<Operation> });

type Options<Operation> = {
  [Place in 'query' | 'header' as Place extends keyof ParametersOf<Operation> ? Place : never]?: NonNullable<
    ParametersOf<Operation>[Place & keyof ParametersOf<Operation>]
  >;
};

/** The second argument of a call. It is optional if no member is required. */
export type Init<Operation> = object extends Needs<Operation> ? [init?: Needs<Operation>] : [init: Needs<Operation>];

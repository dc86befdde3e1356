import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { ProgramError } from '#platform';
import { ACCOUNT_HEADER, createBenchApplication } from './application.js';

/** A prepared statement as the library passes it to the driver. */
export interface RecordedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

/** A request to the bench application for an account. */
export interface BenchRequest {
  readonly id: string;
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: object;
}

/** In total shorter than the 63 bytes that PostgreSQL keeps of a name. */
const NAME_HEAD = 20;
const NAME_TAIL = 38;

const OF_TRANSACTIONS = /^\s*(BEGIN|START|SET|COMMIT|ROLLBACK)/;

/**
 * Records the statements of the library: runs an application with one connection, executes its statements and stores a
 * copy. The benchmarks thus measure exactly the library's statements and values, and need not know their parameters.
 */
export class StatementRecorder {
  private isNoted = true;

  /** @param mailed the mailed codes, newest first */
  private constructor(
    readonly application: NestFastifyApplication,
    readonly mailed: readonly string[],
  ) {}

  static async open(url: string): Promise<StatementRecorder> {
    const mailed: string[] = [];
    const app = await createBenchApplication(url, { connections: 1, onCode: (code) => mailed.unshift(code) });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new StatementRecorder(app, mailed);
  }

  async close(): Promise<void> {
    await this.application.close();
  }

  /** Records the statements of an action. Nothing else in this process may use a database meanwhile. */
  async during(action: () => Promise<unknown>): Promise<readonly RecordedStatement[]> {
    const recorded: RecordedStatement[] = [];
    const { query } = pg.Client.prototype;
    const note = (statement: RecordedStatement): unknown => this.isNoted && recorded.push(statement);
    pg.Client.prototype.query = function noted(this: pg.Client, ...given: unknown[]) {
      note(statementOf(given));
      return Reflect.apply(query, this, given) as unknown;
    } as typeof query;
    await action().finally(() => (pg.Client.prototype.query = query));
    return recorded.filter(({ text }) => !OF_TRANSACTIONS.test(text));
  }

  /**
   * Rolls back everything that the application does during the action. It has one connection, and so one transaction.
   */
  async undone<T>(action: () => Promise<T>): Promise<T> {
    await this.prepare('BEGIN');
    return action().finally(() => this.prepare('ROLLBACK'));
  }

  /** Changes the state of the database without recording the statement. */
  async prepare(sql: string, values: unknown[] = []): Promise<void> {
    this.isNoted = false;
    await this.application.get(DataSource).query(sql, values);
    this.isNoted = true;
  }

  /** @throws ProgramError if the response has another status */
  async request(request: BenchRequest, status: number): Promise<unknown> {
    const { id, url, method = 'POST', code, headers, payload } = request;
    const type = payload && { 'content-type': 'application/json' };
    const sent = { [ACCOUNT_HEADER]: id, ...type, ...headers, ...(code !== undefined && { 'x-mfa-code': code }) };
    const answer = await this.application.inject({ method, url, headers: sent, ...(payload && { payload }) });
    if (answer.statusCode === status) return answer.body === '' ? undefined : JSON.parse(answer.body);
    throw new ProgramError(
      `${method} ${url} of account ${id} answers ${answer.statusCode} instead of ${status}: ${answer.body}`,
    );
  }
}

function statementOf([given, values]: unknown[]): RecordedStatement {
  if (typeof given !== 'string') return given as RecordedStatement;
  return { name: nameOf(given), text: given, values: Array.isArray(values) ? (values as unknown[]) : [] };
}

/** A name for a statement without one: the beginning and the end of its text. */
function nameOf(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `${line.slice(0, NAME_HEAD)}…${line.slice(-NAME_TAIL)}`;
}

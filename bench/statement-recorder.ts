import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { MfaService } from '#mfa';
import { ProgramError } from '#platform';
import { METHOD_NAMES, ACCOUNT_KIND, sessionOf } from './accounts.repository.js';
import { ACCOUNT_HEADER, createBenchApplication } from './application.js';

/** A prepared statement as the library hands it to the driver. */
export interface RecordedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

const TRIGGER = 'multi-factor-auth-trigger';

/** Together shorter than the 63 bytes that PostgreSQL keeps of a name. */
const NAME_HEAD = 20;
const NAME_TAIL = 38;

/**
 * Tells what the library asks the database for a request: an application whose statements are written down, not run.
 * So the benchmarks measure the very statements with the very values, and know nothing of their parameters.
 */
export class StatementRecorder {
  private recorded: RecordedStatement[] = [];

  private constructor(private readonly app: NestFastifyApplication) {
    const query = (statement: string | RecordedStatement, values: unknown[] = []): Promise<never[]> => {
      const recorded = typeof statement === 'string' ? { name: nameOf(statement), text: statement, values } : statement;
      this.recorded.push(recorded);
      return Promise.resolve([]);
    };
    const transaction = (work: (manager: { query: typeof query }) => Promise<unknown>): Promise<unknown> =>
      work({ query });
    Object.assign(app.get(DataSource), { query, transaction });
  }

  static async open(url: string): Promise<StatementRecorder> {
    const app = await createBenchApplication(url);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new StatementRecorder(app);
  }

  /** @throws ProgramError if the guard needs more or less than one statement for a protected request */
  async guardOf(id: string, code?: string): Promise<RecordedStatement> {
    const headers = { [ACCOUNT_HEADER]: id, ...(code !== undefined && { 'x-mfa-code': code }) };
    const statements = await this.during(() => this.app.inject({ method: 'POST', url: '/orders', headers }));
    const [statement] = statements;
    if (statement && statements.length === 1) return statement;
    throw new ProgramError(`A protected request costs ${statements.length} statements, not one.`);
  }

  /** The MACs under which the library looks for a code, the one of the first method first. */
  async macsOf(id: string, code: string): Promise<readonly Buffer[]> {
    const { values } = await this.guardOf(id, code);
    const macs = values.find((value): value is Buffer[] => Array.isArray(value) && Buffer.isBuffer(value[0]));
    if (macs) return macs;
    throw new ProgramError('The statement of the guard has no MACs.');
  }

  /** What the library runs beside the guard. */
  async othersOf(id: string): Promise<readonly RecordedStatement[]> {
    const mfa = this.app.get(MfaService);
    const account = { kind: ACCOUNT_KIND, id } as const;
    const headers = { [ACCOUNT_HEADER]: id, 'content-type': 'application/json' };
    const payload = { data: { type: TRIGGER, attributes: { type: METHOD_NAMES[0] } } };
    return this.during(async () => {
      await this.app.inject({ method: 'GET', url: '/multi-factor-auth-types', headers });
      await this.app.inject({ method: 'POST', url: `/${TRIGGER}`, headers, payload });
      await mfa.voidAccount(account);
      await mfa.voidSession(account, sessionOf(id));
      await mfa.purge();
    });
  }

  async close(): Promise<void> {
    await this.app.close();
  }

  private async during(action: () => Promise<unknown>): Promise<readonly RecordedStatement[]> {
    this.recorded = [];
    await action();
    return this.recorded;
  }
}

/** Statements without a name get one: the ends of their text. */
function nameOf(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `${line.slice(0, NAME_HEAD)}…${line.slice(-NAME_TAIL)}`;
}

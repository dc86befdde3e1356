import pg from 'pg';
import { connect } from './database.sql.js';
import type { PlanNode } from './plan-tree.js';
import type { RecordedStatement } from './statement-recorder.js';

export interface Explanation {
  readonly plan: PlanNode;
  /** The output of EXPLAIN as text. */
  readonly text: string;
}

/** `custom`: planned for the values; `generic`: planned once for all values; `auto`: PostgreSQL chooses. */
export type PlanMode = 'generic' | 'custom' | 'auto';

/** One connection with its prepared statements, like an application's. */
export class PreparedSession {
  private constructor(private readonly client: pg.Client) {}

  static async open(url: string): Promise<PreparedSession> {
    return new PreparedSession(await connect(url));
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  /** @returns the number of rows */
  async run({ name, text, values }: RecordedStatement): Promise<number> {
    const { rows } = await this.client.query({ name, text, values });
    return rows.length;
  }

  /** Rolls back everything that `action` does. */
  async rolledBack<T>(action: () => Promise<T>): Promise<T> {
    await this.client.query('BEGIN');
    return action().finally(() => this.client.query('ROLLBACK'));
  }

  async usePlan(mode: PlanMode): Promise<void> {
    await this.client.query(`SET plan_cache_mode = ${mode === 'auto' ? mode : `force_${mode}_plan`}`);
  }

  /** How often this connection used each kind of plan for a statement. */
  async plansUsed({ name }: RecordedStatement): Promise<{ readonly generic: number; readonly custom: number }> {
    const { rows } = await this.client.query<{ generic: number; custom: number }>(
      `SELECT generic_plans::int AS generic, custom_plans::int AS custom FROM pg_prepared_statements WHERE name = $1`,
      [name],
    );
    return rows[0] ?? { generic: 0, custom: 0 };
  }

  /** Explains and executes a statement that this connection has run before. */
  async explain({ name, values }: RecordedStatement): Promise<Explanation> {
    const execute = `EXECUTE ${pg.escapeIdentifier(name)} (${values.map(literal).join(', ')})`;
    const json = await this.client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`EXPLAIN (FORMAT JSON) ${execute}`);
    const text = await this.client.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) ${execute}`,
    );
    const [document] = json.rows.map((row) => row['QUERY PLAN'][0]);
    if (!document) throw new TypeError('EXPLAIN answers one document');
    return { plan: document.Plan, text: text.rows.map((row) => row['QUERY PLAN']).join('\n') };
  }
}

/** A value as SQL text, because EXECUTE takes no parameters. */
function literal(value: unknown): string {
  if (value === null) return 'NULL';
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map((each) => JSON.stringify(textOf(each))).join(',')}}`);
  return pg.escapeLiteral(textOf(value));
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : String(value);
}

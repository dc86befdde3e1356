import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit trail of second factors. It is append-only, and the entries of each account form a chain of hashes. */
export class MfaAudit1795478400000 implements MigrationInterface {
  readonly name = 'MfaAudit1795478400000';
  readonly loses = 'the audit trail';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE mfa_audit_event (
        account_kind text NOT NULL,
        account_id text NOT NULL,
        sequence bigint NOT NULL,
        event text NOT NULL,
        occurred_at timestamptz NOT NULL,
        method text,
        error_code text,
        reason text,
        actor_kind text NOT NULL,
        actor_id text NOT NULL,
        acts_for_kind text,
        acts_for_id text,
        session_id text,
        request_id text,
        client_address text,
        details jsonb,
        hash bytea NOT NULL,
        CONSTRAINT pk_mfa_audit_event PRIMARY KEY (account_kind, account_id, sequence)
      )`);
    await runner.query(`
      CREATE TABLE mfa_audit_chain (
        account_kind text NOT NULL,
        account_id text NOT NULL,
        sequence bigint NOT NULL,
        hash bytea NOT NULL,
        CONSTRAINT pk_mfa_audit_chain PRIMARY KEY (account_kind, account_id)
      )`);
    const [{ schema }] = (await runner.query('SELECT quote_ident(current_schema()) AS schema')) as [{ schema: string }];
    await runner.query(chainFunction(schema));
    // a login that attaches the function to its own table could run its own code with the owner's rights
    await runner.query(`REVOKE EXECUTE ON FUNCTION mfa_audit_chain_entry() FROM PUBLIC`);
    await runner.query(`
      CREATE TRIGGER tr_mfa_audit_event_chain BEFORE INSERT ON mfa_audit_event
        FOR EACH ROW EXECUTE FUNCTION mfa_audit_chain_entry()`);
    await runner.query(`
      CREATE FUNCTION mfa_audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'mfa_audit_event is append-only' USING ERRCODE = 'restrict_violation';
      END $$`);
    await runner.query(`
      CREATE TRIGGER tr_mfa_audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON mfa_audit_event
        FOR EACH STATEMENT EXECUTE FUNCTION mfa_audit_refuse_change()`);
    await this.beginChains(runner);
  }

  /** Starts each chain with an entry about the existing state. */
  private async beginChains(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id, details)
      SELECT account_kind, account_id, 'imported', now(), 'operator', 'migration',
        jsonb_build_object('methods', jsonb_agg(jsonb_build_object('method', method, 'status', status) ORDER BY method))
      FROM mfa_factor GROUP BY account_kind, account_id ORDER BY account_kind, account_id`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE mfa_audit_event`);
    await runner.query(`DROP TABLE mfa_audit_chain`);
    await runner.query(`DROP FUNCTION mfa_audit_refuse_change()`);
    await runner.query(`DROP FUNCTION mfa_audit_chain_entry()`);
  }
}

/**
 * Sets the sequence and hash of an entry: SHA-256 over the previous hash and the whole entry.
 *
 * Locks the row of the chain, so that entries of one account are added one after another, while different accounts do
 * not wait. Runs with the owner's rights, so that a login that adds entries needs no right to change chains. Temporary
 * tables come last in the search path: otherwise anybody could replace the table of chains by a temporary one whose
 * trigger then runs with the owner's rights.
 */
const chainFunction = (schema: string): string => `
  CREATE FUNCTION mfa_audit_chain_entry() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, ${schema}, pg_temp AS $$
  DECLARE
    previous bytea;
  BEGIN
    INSERT INTO mfa_audit_chain (account_kind, account_id, sequence, hash)
      VALUES (NEW.account_kind, NEW.account_id, 0, '') ON CONFLICT DO NOTHING;
    SELECT sequence + 1, hash INTO NEW.sequence, previous FROM mfa_audit_chain
      WHERE account_kind = NEW.account_kind AND account_id = NEW.account_id FOR UPDATE;
    NEW.hash := sha256(previous || convert_to(json_build_array(
      NEW.account_kind, NEW.account_id, NEW.sequence, NEW.event,
      to_char(NEW.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US BC'), NEW.method, NEW.error_code, NEW.reason,
      NEW.actor_kind, NEW.actor_id, NEW.acts_for_kind, NEW.acts_for_id, NEW.session_id, NEW.request_id,
      NEW.client_address, NEW.details)::text, 'UTF8'));
    UPDATE mfa_audit_chain SET sequence = NEW.sequence, hash = NEW.hash
      WHERE account_kind = NEW.account_kind AND account_id = NEW.account_id;
    RETURN NEW;
  END $$`;

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Archives the beginnings of the audit trail's chains. An anchor stores how far a chain is archived. Only entries up to
 * it can be removed, and only by the login that owns the tables.
 */
export class AuditArchive1795996800301 implements MigrationInterface {
  readonly name = 'AuditArchive1795996800301';
  readonly loses = 'nothing; it is refused where entries were archived';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE mfa_audit_anchor (
        account_kind text NOT NULL,
        account_id text NOT NULL,
        sequence bigint NOT NULL,
        hash bytea NOT NULL,
        CONSTRAINT pk_mfa_audit_anchor PRIMARY KEY (account_kind, account_id),
        CONSTRAINT ck_mfa_audit_anchor_kind CHECK (account_kind <> 'operator')
      )`);
    const [{ schema }] = (await runner.query('SELECT quote_ident(current_schema()) AS schema')) as [{ schema: string }];
    for (const create of [refusal, anchorGuard, removalGuard, archiveGuard]) await runner.query(create(schema));
    await runner.query(`
      CREATE TRIGGER tr_mfa_audit_anchor_forward BEFORE INSERT OR UPDATE ON mfa_audit_anchor
        FOR EACH ROW EXECUTE FUNCTION mfa_audit_guard_anchor()`);
    await runner.query(`
      CREATE TRIGGER tr_mfa_audit_anchor_append_only BEFORE DELETE OR TRUNCATE ON mfa_audit_anchor
        FOR EACH STATEMENT EXECUTE FUNCTION mfa_audit_refuse_change()`);
    await runner.query(`DROP TRIGGER tr_mfa_audit_event_append_only ON mfa_audit_event`);
    await runner.query(`
      CREATE TRIGGER tr_mfa_audit_event_append_only BEFORE UPDATE OR TRUNCATE ON mfa_audit_event
        FOR EACH STATEMENT EXECUTE FUNCTION mfa_audit_refuse_change()`);
    await runner.query(`
      CREATE TRIGGER tr_mfa_audit_event_removal AFTER DELETE ON mfa_audit_event REFERENCING OLD TABLE AS removed
        FOR EACH STATEMENT EXECUTE FUNCTION mfa_audit_guard_removal()`);
    await runner.query(`
      CREATE TRIGGER tr_mfa_audit_event_archive BEFORE INSERT ON mfa_audit_event FOR EACH ROW
        WHEN (NEW.account_kind = 'operator' OR NEW.event = 'archived')
        EXECUTE FUNCTION mfa_audit_guard_archive()`);
  }

  /** The previous version reports a chain without its beginning as broken, and cannot tell it from a real fault. */
  async down(runner: QueryRunner): Promise<void> {
    const [{ isArchived }] = (await runner.query(`SELECT EXISTS (SELECT FROM mfa_audit_anchor) AS "isArchived"`)) as [
      { isArchived: boolean },
    ];
    if (isArchived)
      throw new Error('Entries of the audit trail were archived: the version before cannot verify what is left.');
    await runner.query(`DROP TRIGGER tr_mfa_audit_event_archive ON mfa_audit_event`);
    await runner.query(`DROP TRIGGER tr_mfa_audit_event_removal ON mfa_audit_event`);
    await runner.query(`DROP TRIGGER tr_mfa_audit_event_append_only ON mfa_audit_event`);
    await runner.query(`DROP TABLE mfa_audit_anchor`);
    await runner.query(`
      CREATE TRIGGER tr_mfa_audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON mfa_audit_event
        FOR EACH STATEMENT EXECUTE FUNCTION mfa_audit_refuse_change()`);
    for (const name of ['anchor', 'removal', 'archive']) await runner.query(`DROP FUNCTION mfa_audit_guard_${name}()`);
  }
}

/** One function for both tables; the message contains the table's name. */
const refusal = (): string => `
  CREATE OR REPLACE FUNCTION mfa_audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END $$`;

/** An anchor only moves forward, and only to an existing entry. */
const anchorGuard = (schema: string): string => `
  CREATE FUNCTION mfa_audit_guard_anchor() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, ${schema}, pg_temp AS $$
  BEGIN
    IF TG_OP = 'UPDATE' AND ((NEW.account_kind, NEW.account_id) IS DISTINCT FROM (OLD.account_kind, OLD.account_id)
        OR NEW.sequence <= OLD.sequence) THEN
      RAISE EXCEPTION 'an anchor of mfa_audit_anchor only moves forward' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM mfa_audit_event e WHERE e.account_kind = NEW.account_kind
        AND e.account_id = NEW.account_id AND e.sequence = NEW.sequence AND e.hash = NEW.hash) THEN
      RAISE EXCEPTION 'an anchor of mfa_audit_anchor is an entry of mfa_audit_event'
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$`;

/** Checks all rows that a statement has removed at once, so that a million rows need only one join. */
const removalGuard = (schema: string): string => `
  CREATE FUNCTION mfa_audit_guard_removal() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, ${schema}, pg_temp AS $$
  BEGIN
    IF EXISTS (SELECT FROM removed r WHERE NOT EXISTS (
        SELECT FROM mfa_audit_anchor a WHERE a.account_kind = r.account_kind AND a.account_id = r.account_id
          AND a.sequence >= r.sequence)) THEN
      RAISE EXCEPTION 'mfa_audit_event is append-only: only entries up to an anchor can be removed'
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
  END $$`;

/** Only a login that can remove entries may write `archived` entries. */
const archiveGuard = (schema: string): string => `
  CREATE FUNCTION mfa_audit_guard_archive() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, ${schema}, pg_temp AS $$
  BEGIN
    IF NOT pg_has_role((SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
      RAISE EXCEPTION 'permission denied: only the owner of mfa_audit_event archives it'
        USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
  END $$`;

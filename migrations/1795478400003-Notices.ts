import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Notices about second factors: a trigger adds a job for each relevant entry of the audit trail.
 *
 * It runs in the transaction of the entry, whoever writes it, and with the owner's rights, so that a login that adds
 * entries needs no right to add jobs.
 */
export class Notices1795478400003 implements MigrationInterface {
  readonly name = 'Notices1795478400003';
  readonly loses = 'nothing; people are sent no more notices';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION mfa_audit_add_notice() RETURNS trigger LANGUAGE plpgsql
      SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      BEGIN
        PERFORM graphile_worker.add_job('notice', json_build_object(
          'accountKind', NEW.account_kind, 'accountId', NEW.account_id, 'event', NEW.event, 'at', NEW.occurred_at,
          'method', NEW.method, 'lockedUntil', NEW.details->>'lockedUntil'));
        RETURN NULL;
      END $$`);
    // a login that attaches the function to its own table could run its own code with the owner's rights
    await runner.query(`REVOKE EXECUTE ON FUNCTION mfa_audit_add_notice() FROM PUBLIC`);
    await runner.query(`
      CREATE TRIGGER tr_mfa_audit_event_notice AFTER INSERT ON mfa_audit_event FOR EACH ROW
        WHEN (NEW.event IN ('activated', 'deactivated', 'removed', 'locked'))
        EXECUTE FUNCTION mfa_audit_add_notice()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER tr_mfa_audit_event_notice ON mfa_audit_event`);
    await runner.query(`DROP FUNCTION mfa_audit_add_notice()`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What people are told of their second factors: a job for each entry of the audit trail that concerns them.
 *
 * With the entry, in its transaction, and for whoever writes one. With the owner's rights: who may add an entry need
 * not be able to add jobs.
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
    // who may attach it to a table of their own could have their own code run with the owner's rights
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

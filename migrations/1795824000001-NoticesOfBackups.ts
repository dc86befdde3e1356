import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notices about recovery codes: a new list, and each use, with the number of codes left. */
export class NoticesOfBackups1795824000001 implements MigrationInterface {
  readonly name = 'NoticesOfBackups1795824000001';
  readonly loses = 'nothing; no notices of recovery codes are sent';

  async up(runner: QueryRunner): Promise<void> {
    await replaceNotices(runner, [...FORMER_EVENTS, 'renewed', 'backup-used'], `'remaining', NEW.details->'remaining'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await replaceNotices(runner, FORMER_EVENTS);
  }
}

const FORMER_EVENTS = ['activated', 'deactivated', 'removed', 'locked'];

/** @param further members of a notice in addition to those of the previous version */
async function replaceNotices(
  runner: QueryRunner,
  events: readonly string[],
  ...further: readonly string[]
): Promise<void> {
  const members = [
    `'accountKind', NEW.account_kind, 'accountId', NEW.account_id, 'event', NEW.event, 'at', NEW.occurred_at`,
    `'method', NEW.method, 'lockedUntil', NEW.details->>'lockedUntil'`,
    ...further,
  ];
  // replaced, so that the function keeps its owner and rights
  await runner.query(`
    CREATE OR REPLACE FUNCTION mfa_audit_add_notice() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
      PERFORM graphile_worker.add_job('notice', json_build_object(${members.join(', ')}));
      RETURN NULL;
    END $$`);
  await runner.query(`DROP TRIGGER tr_mfa_audit_event_notice ON mfa_audit_event`);
  await runner.query(`
    CREATE TRIGGER tr_mfa_audit_event_notice AFTER INSERT ON mfa_audit_event FOR EACH ROW
      WHEN (NEW.event IN (${events.map((event) => `'${event}'`).join(', ')}))
      EXECUTE FUNCTION mfa_audit_add_notice()`);
}

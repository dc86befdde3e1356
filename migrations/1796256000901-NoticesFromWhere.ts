import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notices tell the address from which the person did it. Where somebody else did it stays untold. */
export class NoticesFromWhere1796256000901 implements MigrationInterface {
  readonly name = 'NoticesFromWhere1796256000901';
  readonly loses = 'nothing; notices do not say from where';

  async up(runner: QueryRunner): Promise<void> {
    await replaceFunction(
      runner,
      `'clientAddress', CASE WHEN (NEW.actor_kind, NEW.actor_id) = (NEW.account_kind, NEW.account_id) THEN NEW.client_address END`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await replaceFunction(runner);
  }
}

/** @param further members of a notice in addition to those of the previous version */
async function replaceFunction(runner: QueryRunner, ...further: readonly string[]): Promise<void> {
  const members = [
    `'accountKind', NEW.account_kind, 'accountId', NEW.account_id, 'event', NEW.event, 'at', NEW.occurred_at`,
    `'method', NEW.method, 'lockedUntil', NEW.details->>'lockedUntil', 'remaining', NEW.details->'remaining'`,
    ...further,
  ];
  // replaced, so that the function keeps its owner and rights, and its trigger
  await runner.query(`
    CREATE OR REPLACE FUNCTION mfa_audit_add_notice() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
      PERFORM graphile_worker.add_job('notice', json_build_object(${members.join(', ')}));
      RETURN NULL;
    END $$`);
}

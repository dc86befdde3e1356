import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Policies: who must have which second factor, and from when. */
export class MfaPolicies1795478400001 implements MigrationInterface {
  readonly name = 'MfaPolicies1795478400001';
  readonly loses = 'all policies';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE step_up_policy (
        uuid uuid NOT NULL,
        applies_to text NOT NULL,
        value text,
        required_from timestamptz NOT NULL,
        methods text[] NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_step_up_policy PRIMARY KEY (uuid),
        CONSTRAINT ck_step_up_policy_applies_to CHECK (applies_to IN ('customers', 'company', 'role')),
        CONSTRAINT ck_step_up_policy_value CHECK ((applies_to = 'customers') = (value IS NULL)),
        CONSTRAINT ck_step_up_policy_methods CHECK (cardinality(methods) > 0)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE step_up_policy`);
  }
}

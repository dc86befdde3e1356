import { unprepared } from '#sql';

export const FIND_STATE = unprepared(`
  SELECT count(*)::int AS done, to_regclass('graphile_worker.jobs') IS NOT NULL AS "hasJobs",
    current_setting('transaction_read_only')::bool AS "isReadOnly"
  FROM migrations WHERE name = ANY (:wanted)`);

/** Runs once for each connection, not for each request. A setting that the server does not have counts as right. */
export const LOOK_AT_SESSION = unprepared(`
  SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS "versionName",
    current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS "isStandby",
    ARRAY(SELECT name || ' = ' || wanted FROM unnest(:names::text[], :values::text[]) AS s (name, wanted)
      WHERE current_setting(name, true) <> wanted) AS others`);

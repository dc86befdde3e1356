import { unprepared } from '#sql';

// all unprepared: the library owns the schema, which may change while connections are open

const add = (priority: string): string => `graphile_worker.add_job(:task, :payload::json, max_attempts => :maxAttempts,
  run_at => now() + random() * make_interval(secs => :delayMs / 1000.0), job_key => :key, priority => (${priority})::int)`;

export const ADD_JOB = unprepared(`SELECT ${add(':priority')}`);

/** Returns no row if too many jobs are waiting. */
export const ADD_SHARED_JOB = unprepared(`
  WITH waiting AS MATERIALIZED (
    SELECT count(*) AS count, count(*) FILTER (WHERE starts_with(key, :own)) AS own
    FROM graphile_worker.jobs WHERE starts_with(key, :pool)
  )
  SELECT ${add(':priority + own')} FROM waiting WHERE count < :mostWaiting AND own < :mostWaitingOfOne`);

/** A hold is a job id with the time at which an instance took the job. */
export const FIND_OVERDUE_HOLDS = unprepared(`
  SELECT id || '@' || locked_at AS hold FROM graphile_worker._private_jobs
  WHERE locked_at < now() - make_interval(secs => :seconds)`);

export const FREE_HOLDS = unprepared(`
  UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL
  WHERE locked_at IS NOT NULL AND id || '@' || locked_at = ANY (:holds)
  RETURNING id`);

export const SETTLE_JOBS = unprepared(`
  WITH done AS (DELETE FROM graphile_worker._private_jobs WHERE id = ANY (:finished::bigint[]))
  UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL
  WHERE locked_by = :poolId AND id <> ALL (:finished::bigint[])`);

export const REMOVE_EXHAUSTED_JOBS = unprepared(`
  DELETE FROM graphile_worker._private_jobs job USING graphile_worker._private_tasks task
  WHERE task.id = job.task_id AND job.attempts >= job.max_attempts AND job.locked_at IS NULL
  RETURNING job.id, task.identifier AS task`);

export const FIND_NEWER_SCHEMA = unprepared(`
  SELECT id FROM graphile_worker.migrations WHERE breaking AND id > :known LIMIT 1`);

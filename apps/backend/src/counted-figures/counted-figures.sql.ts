import { unprepared } from '#sql';

/**
 * Takes over the counts that nobody has asked for since `:before`: of several who ask at the same time one gets a row. In
 * the order of their names, so that no two wait for each other. What is later than `:ahead` is from a clock that was
 * wrong.
 */
export const CLAIM_COUNTS = unprepared(`
  INSERT INTO counted_figure (name, asked_at)
  SELECT name, :now::timestamptz FROM unnest(:names::text[]) name ORDER BY name
  ON CONFLICT (name) DO UPDATE SET asked_at = :now, has_failed = false
  WHERE counted_figure.asked_at <= :before::timestamptz OR counted_figure.asked_at >= :ahead::timestamptz
  RETURNING name`);

const NO_LATER_ANSWER = `(counted_at IS NULL OR counted_at <= :at::timestamptz OR counted_at >= :ahead::timestamptz)`;

/** A slow count does not replace the answer of a later one. */
export const KEEP_COUNT = unprepared(`
  UPDATE counted_figure SET value = :value::jsonb, counted_at = :at::timestamptz, has_failed = false
  WHERE name = :name AND ${NO_LATER_ANSWER}`);

/** Gives a question back whose count failed, unless a later count has answered it. */
export const GIVE_BACK_COUNT = unprepared(`
  UPDATE counted_figure SET asked_at = :askedAt::timestamptz, has_failed = true
  WHERE name = :name AND ${NO_LATER_ANSWER}`);

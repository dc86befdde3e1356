import { statement } from '#sql';

/** The key of a counter. The database converts the case. */
export const SUBJECT = `sha256(convert_to(json_build_array(lower(:email::text), :event::text)::text, 'UTF8'))`;

/** Takes one send if the limit allows it. Deletes two expired rows, so that the table stays small. */
export const TAKE_NOTICE = statement(
  'auth_take_notice',
  `
    WITH swept AS (
      DELETE FROM notice_allowance WHERE subject IN (
        SELECT subject FROM notice_allowance WHERE sends_until <= :now AND subject <> ${SUBJECT}
        ORDER BY sends_until LIMIT 2 FOR UPDATE SKIP LOCKED
      )
    )
    INSERT INTO notice_allowance AS a (subject, sends_until)
    VALUES (${SUBJECT}, :now::timestamptz + make_interval(secs => :interval::int))
    ON CONFLICT (subject) DO UPDATE SET sends_until = greatest(a.sends_until, :now) + make_interval(secs => :interval)
    WHERE greatest(a.sends_until, :now) + make_interval(secs => :interval) <= :now + make_interval(secs => :interval * :burst::int)
    RETURNING true AS taken`,
);

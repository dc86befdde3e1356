import { z } from 'zod';
import { isStorable } from '#json-api';

/** A member of a profile; the APIs count characters, not UTF-16 units. */
export const profileText = (maximum: number): z.ZodString =>
  z
    .string()
    .min(1, 'must not be empty')
    .refine(
      (value) => value.length <= maximum || [...value].length <= maximum,
      `must have at most ${maximum} characters`,
    )
    .refine(isStorable, 'holds a character that cannot be stored');

const OFFSET_OF_THE_EARTH = /^(?!0000).{19}(\.\d{1,6})?(Z|[+-](0\d|1[0-5]):\d\d)$/;

/** What the database would refuse, it would refuse without a line's number. */
export const timestamp = z
  .string()
  .refine(
    (value) => OFFSET_OF_THE_EARTH.test(value) && z.regexes.datetime({ offset: true }).test(value),
    'must be a time such as 2030-01-31T12:00:00.000000+00:00',
  );

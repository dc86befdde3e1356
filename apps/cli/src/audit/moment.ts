import { z } from 'zod';
import { ProgramError } from '#platform';

const MOMENT = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/**
 * Reads a day, which begins at midnight UTC, or a moment with its offset.
 *
 * @param option that the person has given it for
 * @throws ProgramError for anything else
 */
export function parseMoment(option: string, text: string): Date {
  if (MOMENT.safeParse(text).success) return new Date(text);
  throw new ProgramError(`${option} must be a day or moment such as 2026-11-01 or 2026-11-01T12:00:00Z.`);
}

import type { HealthDto } from './dto/health.dto.js';

/**
 * Adds details to the readiness response: facts that operators should know, but that do not make the app unavailable.
 */
export abstract class HealthDetails {
  /** @returns undefined if there are no details */
  abstract details(): Promise<HealthDto['details']>;
}

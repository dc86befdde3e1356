import type { HealthDto } from './dto/health.dto.js';

/** What an app adds to the answer of a readiness check: worth knowing, and no reason to be taken out of service. */
export abstract class HealthDetails {
  /** @returns undefined where there is nothing to say */
  abstract details(): Promise<HealthDto['details']>;
}

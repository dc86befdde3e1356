import type { ApiErrorRow } from '#json-api';

/** Errors of tokens and logins (contract: resources, section 1). */
export const AUTH_ERRORS = {
  invalidAccessToken: { status: 401, code: '001', detail: 'Invalid access token.' },
  missingAccessToken: { status: 403, code: '002', detail: 'Missing access token.' },
  authenticationFailed: { status: 401, code: '003', detail: 'Failed to authenticate user.' },
  refreshFailed: { status: 401, code: '004', detail: 'Failed to refresh token.' },
  twoIdentities: {
    status: 400,
    code: '005',
    detail: "Headers request error. A user can't act as logged and not logged user at the same time.",
  },
  agentAuthenticationFailed: { status: 401, code: '4101', detail: 'Failed to authenticate an agent.' },
  invalidAgentToken: { status: 401, code: '4102', detail: 'Agent access token is invalid.' },
  agentOnly: { status: 401, code: '4103', detail: 'Action is available to agent user only.' },
  impersonationFailed: { status: 401, code: '4104', detail: 'Failed to impersonate a customer.' },
} as const satisfies Record<string, ApiErrorRow>;

const TOO_MANY_ATTEMPTS = {
  en: (minutes) => `Too many log in attempts from your address. Please wait ${minutes} minutes before trying again.`,
  de: (minutes) =>
    `Zu viele Anmeldeversuche von Ihrer Adresse. Bitte warten Sie ${minutes} Minuten, bevor Sie es erneut versuchen.`,
} satisfies Record<string, (minutes: number) => string>;

/** The error of the login limit, in the language of the request. */
export function tooManyAttempts(secondsLeft: number, locale: string): ApiErrorRow {
  const text = locale.startsWith('de') ? TOO_MANY_ATTEMPTS.de : TOO_MANY_ATTEMPTS.en;
  return { status: 429, code: '4401', detail: text(Math.max(1, Math.ceil(secondsLeft / 60))), level: 'warn' };
}

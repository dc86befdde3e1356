import type { Policy, PolicyScope } from '#mfa';
import type { PageForm } from '#pages';

/** What the form of a policy shows. */
export interface PolicyFields {
  readonly appliesTo: string;
  readonly company: string;
  readonly role: string;
  /** In UTC, as browsers write it: `2027-01-31T08:00`. */
  readonly requiredFrom: string;
  readonly methods: readonly string[];
}

export const NEW_POLICY: PolicyFields = { appliesTo: '', company: '', role: '', requiredFrom: '', methods: [] };

export function fieldsOfPolicy({ appliesTo, value, requiredFrom, methods }: Policy): PolicyFields {
  return {
    appliesTo,
    company: appliesTo === 'company' ? (value ?? '') : '',
    role: appliesTo === 'role' ? (value ?? '') : '',
    requiredFrom: requiredFrom.toISOString().replace(/(:00)?\.\d{3}Z$/, ''),
    methods,
  };
}

export function fieldsOfPolicyForm(form: PageForm): PolicyFields {
  const [appliesTo, role] = [form.text('appliesTo'), form.text('role')];
  const [company, requiredFrom] = [form.text('company').trim(), form.text('requiredFrom').trim()];
  return { appliesTo, company, role, requiredFrom, methods: form.texts('methods') };
}

/** The attributes of the API: one value, whosoever it is about, and a time with its zone. */
export function policyAttributes({ appliesTo, company, role, requiredFrom, methods }: PolicyFields): object {
  const values: Readonly<Record<PolicyScope, string | null>> = { customers: null, company, role };
  return {
    appliesTo,
    value: Object.hasOwn(values, appliesTo) ? values[appliesTo as PolicyScope] : null,
    requiredFrom: requiredFrom && inUtc(requiredFrom),
    methods,
  };
}

/** Adds the seconds that browsers leave out, and the zone. */
export function inUtc(text: string): string {
  return `${/T\d\d:\d\d$/.test(text) ? `${text}:00` : text}Z`;
}

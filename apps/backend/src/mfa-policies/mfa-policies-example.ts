import { policyResource } from './policy.resource.js';

/** A name for the documentation's examples; nothing is decided by it. */
const METHODS = ['some-method'];

/** Attributes of a new policy in the documentation. */
export const NEW_POLICY_EXAMPLE = {
  appliesTo: 'company',
  value: 'Harbor Supply',
  requiredFrom: '2027-01-31T08:00:00+01:00',
  methods: METHODS,
} as const;

/** A policy in the documentation. */
export const POLICY_EXAMPLE = policyResource({
  ...NEW_POLICY_EXAMPLE,
  uuid: '2b6f1c1e-5f0d-4a8e-9d0b-3b5f2f4c7a10',
  requiredFrom: new Date(NEW_POLICY_EXAMPLE.requiredFrom),
  createdAt: new Date('2026-11-02T10:30:00Z'),
  updatedAt: new Date('2026-11-02T10:30:00Z'),
});

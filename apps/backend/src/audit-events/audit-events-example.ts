import { AUDIT_EVENTS } from '#mfa';

const REFERENCE = 'DE--21';
const ADMINISTRATOR = '7c1e2a90-3f9b-5a4e-8d15-2b7f60c4d1aa';
const SESSION = '0f8a4f5e-6a53-4a0e-9a70-6f2b1c9f3a11';
const REQUEST = '51d0c3f2-9a7d-4c68-b1e4-80c2a6f0e7bb';
const METHOD = 'some-method';

/** An entry in the documentation. */
export const AUDIT_EVENT_EXAMPLE = {
  type: 'audit-events',
  id: 'customer-12-7',
  attributes: {
    event: 'removed',
    occurredAt: '2026-11-02T10:30:00.000Z',
    account: {
      kind: 'customer',
      customerReference: REFERENCE,
      name: 'Ada Kessler',
      email: 'ada.kessler@harborsupply.example',
    },
    actor: { kind: 'user', userUuid: ADMINISTRATOR, name: 'Ben Holt', email: 'ben.holt@sallyport.example' },
    actsFor: null,
    method: METHOD,
    errorCode: null,
    reason: 'Lost access to the mailbox; identity checked by phone',
    sessionId: SESSION,
    requestId: REQUEST,
    clientAddress: '203.0.113.7',
    details: null,
    sequence: 7,
  },
};

/** What a list may be asked for, in the documentation. */
export const AUDIT_EVENT_LIST_EXAMPLE = {
  'filter[audit-events.customerReference]': REFERENCE,
  'filter[audit-events.userUuid]': ADMINISTRATOR,
  'filter[audit-events.event]': AUDIT_EVENTS[0],
  'filter[audit-events.method]': METHOD,
  'filter[audit-events.errorCode]': '5901',
  'filter[audit-events.actorUserUuid]': ADMINISTRATOR,
  'filter[audit-events.sessionId]': SESSION,
  'filter[audit-events.requestId]': REQUEST,
  'filter[audit-events.clientAddress]': '203.0.113.7',
  'filter[audit-events.occurredFrom]': '2026-11-01T00:00:00Z',
  'filter[audit-events.occurredUntil]': '2026-12-01T00:00:00Z',
  'page[offset]': '0',
  'page[limit]': '20',
};

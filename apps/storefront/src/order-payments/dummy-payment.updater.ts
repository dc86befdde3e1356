import type { PaymentUpdater } from './payment-updater.js';

const MAXIMUM_LENGTH = 100;
/** What a text of the database cannot hold: NUL, and halves of characters. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** The provider of shops that try things out: it says the new status in so many words. */
export class DummyPaymentUpdater implements PaymentUpdater {
  readonly providerName = 'DummyPayment';

  statusOf(dataPayload: object): string | undefined {
    const status: unknown = Object.hasOwn(dataPayload, 'status') ? dataPayload['status' as keyof object] : undefined;
    if (typeof status !== 'string' || status === '' || status.length > MAXIMUM_LENGTH) return undefined;
    return UNSTORABLE.test(status) ? undefined : status;
  }
}

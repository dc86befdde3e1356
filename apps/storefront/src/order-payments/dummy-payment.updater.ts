import { isStorable } from '#json-api';
import type { PaymentUpdater } from './payment-updater.js';

const MAXIMUM_LENGTH = 100;

/** The provider for test shops. Its message contains the new status. */
export class DummyPaymentUpdater implements PaymentUpdater {
  readonly providerName = 'DummyPayment';

  statusOf(dataPayload: object): string | undefined {
    const status: unknown = Object.hasOwn(dataPayload, 'status') ? dataPayload['status' as keyof object] : undefined;
    if (typeof status !== 'string' || status === '' || status.length > MAXIMUM_LENGTH) return undefined;
    return isStorable(status) ? status : undefined;
  }
}

/** Injection token of the updaters: an ordered list, one for each provider. */
export const PAYMENT_UPDATERS = Symbol('PAYMENT_UPDATERS');

/** Reads a payment provider's messages. */
export interface PaymentUpdater {
  /** The provider's name in the payments of orders. */
  readonly providerName: string;

  /** @returns the new status of the payment, or undefined if the provider does not send such messages */
  statusOf(dataPayload: object): string | undefined;
}

/** @throws Error naming the providers with more than one updater */
export function assertOnePerProvider(updaters: readonly PaymentUpdater[]): readonly PaymentUpdater[] {
  const names = updaters.map(({ providerName }) => providerName);
  const repeated = names.filter((name, index) => names.indexOf(name) < index);
  if (repeated.length > 0) throw new Error(`More than one payment updater is for ${repeated.join(', ')}.`);
  return updaters;
}

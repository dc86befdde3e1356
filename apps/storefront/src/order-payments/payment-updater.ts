/** Token of the updaters: one ordered list, each for another provider. */
export const PAYMENT_UPDATERS = Symbol('PAYMENT_UPDATERS');

/** Reads what one payment provider says of a payment. */
export interface PaymentUpdater {
  /** As the payments of orders name it. */
  readonly providerName: string;

  /** @returns the new status of the payment; undefined for a payload that the provider does not send */
  statusOf(dataPayload: object): string | undefined;
}

/** @throws Error naming the providers that more than one updater is for */
export function assertOnePerProvider(updaters: readonly PaymentUpdater[]): readonly PaymentUpdater[] {
  const names = updaters.map(({ providerName }) => providerName);
  const repeated = names.filter((name, index) => names.indexOf(name) < index);
  if (repeated.length > 0) throw new Error(`More than one payment updater is for ${repeated.join(', ')}.`);
  return updaters;
}

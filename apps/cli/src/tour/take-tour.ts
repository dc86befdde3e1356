import type { Settings } from '#platform';
import { progress } from '../progress.js';
import { addressesOf, type TourAddresses } from './addresses.js';
import { tourAdministrator } from './administrator-tour.js';
import { tourBackend } from './backend-tour.js';
import { readDemoAccounts } from './demo-accounts.js';
import { Mails } from './mails.js';
import { tourOrder } from './order-tour.js';
import { tourStorefront } from './storefront-tour.js';
import { Walk } from './walk.js';

/**
 * The story of a stolen password in both running apps, of a new customer's order, and of an
 * administrator who helps a customer.
 *
 * @param overrides addresses in place of those that the settings say
 * @throws ProgramError when something does not answer, or not as promised
 */
export async function takeTour(settings: Settings, overrides: Partial<TourAddresses>): Promise<void> {
  const addresses = { ...addressesOf(settings), ...overrides };
  const storefront = new Walk(addresses.storefront);
  const backend = new Walk(addresses.backend);
  const mails = new Mails(addresses.mailbox);
  for (const part of [storefront, backend, mails]) await part.checkReady();
  const { customers, users, administrators, openAssignment, offer } = await readDemoAccounts();
  await tourStorefront(storefront, mails, customers, settings.mfa.customer);
  await tourOrder(storefront, mails, offer);
  await tourBackend(backend, mails, users, settings.mfa.user, openAssignment);
  await tourAdministrator({ storefront, backend, mails }, administrators, settings.mfa.user);
  progress(`\nTour complete: ${storefront.requestCount + backend.requestCount} requests, as promised.`);
}

import type { Settings } from '#platform';
import { localUrl } from '../local-url.js';

/** Base URLs, without a slash at the end. */
export interface TourAddresses {
  readonly storefront: string;
  readonly backend: string;
  readonly mailbox: string;
}

/** Where everything is that `npm start` starts with these settings. */
export function addressesOf({ host, ports, publicUrls, mailbox }: Settings): TourAddresses {
  return {
    storefront: publicUrls.storefront?.replace(/\/+$/, '') ?? localUrl(host, ports.storefront),
    backend: publicUrls.backend?.replace(/\/+$/, '') ?? localUrl(host, ports.backend),
    mailbox: localUrl(host, mailbox.webPort),
  };
}

import type { Settings } from '#platform';

/** Base URLs, without a slash at the end. */
export interface TourAddresses {
  readonly storefront: string;
  readonly backend: string;
  readonly mailbox: string;
}

const ANY_ADDRESS = new Set(['0.0.0.0', '::']);

/** Where everything is that `npm start` starts with these settings. */
export function addressesOf({ host, ports, publicUrls, mailbox }: Settings): TourAddresses {
  return {
    storefront: publicUrls.storefront?.replace(/\/+$/, '') ?? localUrl(host, ports.storefront),
    backend: publicUrls.backend?.replace(/\/+$/, '') ?? localUrl(host, ports.backend),
    mailbox: localUrl(host, mailbox.webPort),
  };
}

/** The URL by which this machine reaches a program that listens on `host`. */
function localUrl(host: string, port: number): string {
  const name = ANY_ADDRESS.has(host) ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

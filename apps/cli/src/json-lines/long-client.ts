import { Client } from 'pg';
import { connectionOptions } from '#platform';

export interface LongClient {
  readonly client: Client;
  /** From here on an interruption is too late: the last statement of a transaction decides, not the signal. */
  settle(): void;
}

/**
 * Lends one connection without a time limit for statements; when the signal comes it is closed at once, and with it
 * the transaction that is open.
 *
 * @throws the signal's reason when it came
 */
export async function withLongClient<T>(
  url: string,
  signal: AbortSignal,
  use: (connection: LongClient) => Promise<T>,
): Promise<T> {
  const { onConnect, ...connection } = connectionOptions({
    url,
    applicationName: 'sallyport-cli',
    isUnlimited: true,
  });
  const client = new Client(connection);
  client.on('error', () => undefined);
  let isSettled = false;
  const settle = (): void => {
    signal.throwIfAborted();
    signal.removeEventListener('abort', close);
    isSettled = true;
  };
  const close = (): void => void client.end();
  try {
    await client.connect();
    await onConnect(client);
    signal.throwIfAborted();
    signal.addEventListener('abort', close, { once: true });
    return await use({ client, settle });
  } catch (error) {
    throw signal.aborted && !isSettled ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', close);
    await client.end();
  }
}

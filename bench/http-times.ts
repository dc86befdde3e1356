import { ProgramError } from '#platform';
import { KeepAliveConnection } from './keep-alive-connection.js';

/** A request that is sent again and again, as it goes over the wire. */
export interface TimedRequest {
  readonly name: string;
  readonly port: number;
  readonly text: string;
  /** What it is answered. */
  readonly status: number;
}

/**
 * Each client sends its next request after the response.
 *
 * @returns the milliseconds of all responses
 * @throws ProgramError if a request is answered otherwise
 */
export async function httpTimes(request: TimedRequest, clients: number, seconds: number): Promise<number[]> {
  const { name, port, text, status } = request;
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  const ask = async (): Promise<void> => {
    const connection = await KeepAliveConnection.open(port);
    do {
      const sent = performance.now();
      const answered = await connection.exchange(text);
      if (answered !== status) throw new ProgramError(`${name}: answered ${answered}.`);
      times.push(performance.now() - sent);
    } while (performance.now() < end);
    connection.close();
  };
  await Promise.all(Array.from({ length: clients }, ask));
  return times;
}

import { Pool } from 'pg';
import { connectionOptions } from '../database/connection-options.js';

/** A separate pool, so that jobs and requests do not wait for each other's connections. */
export function jobConnections(url: string, max: number): Pool {
  const pool = new Pool({ ...connectionOptions({ url, applicationName: 'sallyport-jobs' }), max });
  // a lost connection is reported by the statement that needs it
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

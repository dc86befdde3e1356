import { KeepAliveConnection } from './keep-alive-connection.js';
import type { Load, LoadResult } from './load.js';

/** A closed loop: each connection sends its next request after it has read the response. */
async function run(load: Load): Promise<LoadResult> {
  const { from, to, once, connections, seconds } = load;
  const milliseconds: number[] = [];
  const statuses = new Set<number>();
  const begun = performance.now();
  const end = begun + seconds * 1000;
  let next = from;
  const loop = async (): Promise<void> => {
    const connection = await KeepAliveConnection.open(load.port);
    while (performance.now() < end && next < to) {
      const request = requestOf(load, next);
      next = !once && next + 1 === to ? from : next + 1;
      const sent = performance.now();
      statuses.add(await connection.exchange(request));
      milliseconds.push(performance.now() - sent);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, loop));
  return { seconds: (performance.now() - begun) / 1000, milliseconds, statuses: [...statuses], next };
}

function requestOf({ path, accountHeader, code }: Load, account: number): string {
  const codeHeader = code === undefined ? '' : `x-mfa-code: ${code}\r\n`;
  return `POST ${path} HTTP/1.1\r\nhost: bench\r\n${accountHeader}: ${account}\r\n${codeHeader}content-length: 0\r\n\r\n`;
}

process.on('disconnect', () => process.exit());
process.on('message', (load: Load) => {
  run(load).then(
    (result) => process.send?.(result),
    () => process.exit(1),
  );
});

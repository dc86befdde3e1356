const ANY_ADDRESS = new Set(['0.0.0.0', '::']);

/** The URL by which this machine reaches a program that listens on `host`. */
export function localUrl(host: string, port: number): string {
  const name = ANY_ADDRESS.has(host) ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

const PARENT_CHECK_MS = 500;

/**
 * Resolves when this program is asked to end, or when the program that started it, such as npm, was killed. Asking again
 * changes nothing.
 */
export function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && resolve(), PARENT_CHECK_MS).unref();
  });
}

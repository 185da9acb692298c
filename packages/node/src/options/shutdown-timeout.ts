/** The default of `shutdown.timeout`, in milliseconds. */
export const SHUTDOWN_TIMEOUT_MS = 2000;

/**
 * Reads `timeout` of the `shutdown` option, in milliseconds. Invalid values are logged together with the
 * value used instead.
 */
export function resolveShutdownTimeout(shutdown: unknown): number {
  if (shutdown !== undefined && (typeof shutdown !== "object" || shutdown === null))
    warn(`"shutdown" must be an object; the defaults are used`);
  const { timeout } = Object(shutdown) as { timeout?: unknown };
  if (timeout === undefined) return SHUTDOWN_TIMEOUT_MS;
  if (typeof timeout === "number" && timeout >= 0 && timeout < 2 ** 31) return timeout;
  warn(`"shutdown.timeout" must be a number from 0 up; ${SHUTDOWN_TIMEOUT_MS} is used`);
  return SHUTDOWN_TIMEOUT_MS;
}

/** Logs a warning about an option. */
export function warn(message: string): void {
  // oxlint-disable-next-line no-console
  console.error(`[spanmeter] ${message}.`);
}

const DEFAULT_TIMEOUT_MS = 10_000;

/** The longest time for one request, in milliseconds. An invalid `timeout` counts as 10 000. */
export function timeoutOf({ timeout }: { readonly timeout?: number }): number {
  return typeof timeout === "number" && timeout > 0 ? timeout : DEFAULT_TIMEOUT_MS;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/** How long one request may take, in milliseconds; what is not an amount of time is the default. */
export function timeoutOf({ timeout }: { readonly timeout?: number }): number {
  return typeof timeout === "number" && timeout > 0 ? timeout : DEFAULT_TIMEOUT_MS;
}

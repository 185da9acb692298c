/**
 * Browsers refuse a `keepalive` request when more than 64 KiB of such bodies would be in flight from
 * one page (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch), and Chromium also counts the
 * requests. Some room is left for others on the page, such as a Sentry SDK.
 */
const MAX_BYTES = 60_000;
const MAX_REQUESTS = 14;

// Module level, because the browser keeps one budget for everything on the page.
let bytes = 0;
let requests = 0;

/** Runs `send` and tells it whether a body of `size` bytes fits into what the page has left. */
export async function withBudget<T>(
  size: number,
  send: (keepalive: boolean) => PromiseLike<T>,
): Promise<T> {
  if (bytes + size > MAX_BYTES || requests >= MAX_REQUESTS) return send(false);
  bytes += size;
  requests++;
  try {
    return await send(true);
  } finally {
    bytes -= size;
    requests--;
  }
}

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

export const hasRoom = (size: number): boolean =>
  bytes + size <= MAX_BYTES && requests < MAX_REQUESTS;

/**
 * Runs `send` and tells it whether a body of `size` bytes fits into what the page has left. Others on
 * the page use up the same room, unseen: the browser then refuses with a `TypeError`, and `send` runs
 * again without keepalive. A connection that breaks looks the same and is tried twice as well.
 */
export async function withBudget<T>(
  size: number,
  send: (keepalive: boolean) => PromiseLike<T>,
): Promise<T> {
  if (hasRoom(size)) {
    bytes += size;
    requests++;
    try {
      return await send(true);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      // Chromium rejects what is under way when it tears a page down, though it arrives. No timer
      // fires there any more, so that nothing is sent a second time.
      await new Promise((resolve) => setTimeout(resolve));
    } finally {
      bytes -= size;
      requests--;
    }
  }
  return send(false);
}

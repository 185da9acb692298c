import { post } from "../transport/page-transport.js";
import type { PageTransportOptions } from "../transport/page-transport.js";

/** Pieces are of 20 KB at most: 2 MB of the 5 MB that browsers give an origin. */
const MAX_PIECES = 100;
const MAX_AGE_MS = 7 * 24 * 3_600_000;

type Shelf = readonly [
  /** Puts a body there at once; `false` when it is full, forbidden or absent (in a worker). */
  keep: (body: string) => boolean,
  /** Sends what is there. */
  resend: () => Promise<void>,
];

/**
 * Where a page puts what does not leave with it, for the next page of its origin: one entry of
 * `localStorage` for each piece, so that tabs never rewrite what another one wrote.
 */
export function createShelf(options: PageTransportOptions): Shelf {
  const prefix = `spanmeter ${options.url} `;
  const keys = (): string[] => Object.keys(localStorage).filter((key) => key.startsWith(prefix));

  /**
   * One at a time, so that the page has the network for itself. A piece is taken away before it is
   * sent: what leaves with a page that ends meanwhile is not sent again.
   */
  async function sendAll(): Promise<void> {
    for (const key of keys()) {
      const kept = localStorage[key] as string;
      delete localStorage[key];
      // Relay corrects the clock's drift by the time of sending (wire.md 3.6).
      const body = kept.replace(/"sent_at":"[^"]*/, `"sent_at":"${new Date().toISOString()}`);
      const status = await post(options, body).then(
        (response) => response.statusCode,
        () => 500,
      );
      if (Number(status) > 428) {
        if (Date.now() - Number(key.split(" ")[2]) < MAX_AGE_MS) localStorage[key] = kept;
        return;
      }
    }
  }

  return [
    (body) => {
      try {
        if (keys().length >= MAX_PIECES) return false;
        localStorage[`${prefix}${Date.now()} ${Math.random()}`] = body;
        return true;
      } catch {
        return false;
      }
    },
    async () => {
      try {
        // Tabs learn late of what another one took away.
        if (navigator.onLine && keys()[0])
          await (navigator.locks?.request(prefix, sendAll) ?? sendAll());
      } catch {}
    },
  ];
}

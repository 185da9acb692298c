import type { TransportResponse } from "@spanmeter/core";
import { post } from "../transport/page-transport.js";
import type { PageTransportOptions } from "../transport/page-transport.js";

/** Pieces are of 20 KB at most: 2 MB of the 5 MB that browsers give an origin. */
const MAX_PIECES = 100;
const MAX_AGE_MS = 7 * 24 * 3_600_000;

// Where a page puts what does not leave with it, for the next page of its origin: one entry of
// `localStorage` for each piece, so that tabs never rewrite what another one wrote.
const prefixOf = ({ url }: PageTransportOptions): string => `spanmeter ${url} `;
const keysOf = (prefix: string): string[] =>
  Object.keys(localStorage).filter((key) => key.startsWith(prefix));

/** What came of a request is not final: no answer (an error, which has no status), 429 or 5xx. */
export const isOpen = (answer: TransportResponse | null): boolean =>
  Number(answer?.statusCode ?? 500) > 428;

/** Puts a body there at once; `false` when it is full, forbidden or absent (in a worker). */
export function keep(options: PageTransportOptions, body: string): boolean {
  const prefix = prefixOf(options);
  try {
    return (
      keysOf(prefix).length < MAX_PIECES &&
      Boolean((localStorage[`${prefix}${Date.now()} ${Math.random()}`] = body))
    );
  } catch {
    return false;
  }
}

/** Sends what is there. */
export async function sendKept(options: PageTransportOptions): Promise<void> {
  const prefix = prefixOf(options);
  /**
   * One at a time, so that the page has the network for itself. A piece is taken away before it is
   * sent: what leaves with a page that ends meanwhile is not sent again.
   */
  const sendAll = async (): Promise<void> => {
    for (const key of keysOf(prefix)) {
      const kept = localStorage[key] as string;
      delete localStorage[key];
      // Relay corrects the clock's drift by the time of sending (wire.md 3.6).
      const body = kept.replace(/("sent_at":")[^"]*/, `$1${new Date().toISOString()}`);
      if (await post(options, body).then(isOpen, isOpen)) {
        if (Number(key.split(" ")[2]) > Date.now() - MAX_AGE_MS) localStorage[key] = kept;
        return;
      }
    }
  };
  try {
    // Tabs learn late of what another one took away.
    if (navigator.onLine && keysOf(prefix)[0])
      await (navigator.locks?.request(prefix, sendAll) ?? sendAll());
  } catch {}
}

import type { PageTransportOptions } from "../transport/page-transport.js";

/** Pieces are of 20 KB at most: 2 MB of the 5 MB that browsers give an origin. */
const MAX_PIECES = 100;
const MAX_AGE_MS = 7 * 24 * 3_600_000;

// Where a page puts what does not leave with it, for the next page of its origin: one entry of
// `localStorage` for each piece, so that tabs never rewrite what another one wrote. The name leaves out
// the SDK's version: the next page may be of another deployment of the site.
const prefixOf = ({ url }: PageTransportOptions): string =>
  `spanmeter ${url.replace(/&sentry_client=[^&]*/, "")} `;
const keysOf = (prefix: string): string[] =>
  Object.keys(localStorage).filter((key) => key.startsWith(prefix));

/** Whether the browser is online, as far as it knows. */
export const isOnline = (): boolean => globalThis.navigator?.onLine !== false;

/** Stores envelopes that a page cannot send, for the next page of its origin. */
export interface PageStorage {
  store: typeof store;
  sendStored: typeof sendStored;
}

/** Stores a body synchronously; `false` when the storage is full, forbidden or absent (in a worker). */
export function store(options: PageTransportOptions, body: string): boolean {
  const prefix = prefixOf(options);
  try {
    const count = keysOf(prefix).length;
    if (count >= MAX_PIECES) return false;
    // The count keeps the keys of one page different, even where a test replaced `Math.random`.
    localStorage[`${prefix}${Date.now()} ${count + Math.random()}`] = body;
    return true;
  } catch {
    return false;
  }
}

interface Sender {
  /** Asked before each piece. */
  mayGoOn(): boolean;
  /** Resolves with `true` for a piece that may be taken later. */
  send(body: string): Promise<boolean>;
}

/** Sends what is stored, until a piece stays or the sender may not go on. */
export async function sendStored(
  options: PageTransportOptions,
  { mayGoOn, send }: Sender,
): Promise<void> {
  const prefix = prefixOf(options);
  /**
   * One at a time, so that the page has the network for itself. A piece is taken away before it is
   * sent: what leaves with a page that ends meanwhile is not sent again.
   */
  const sendAll = async (): Promise<void> => {
    for (const key of keysOf(prefix)) {
      if (!mayGoOn()) return;
      const stored = localStorage[key] as string;
      // Relay corrects the clock's drift by the time of sending (docs/protocol.md#time).
      const body = stored.replace(/("sent_at":")[^"]*/, `$1${new Date().toISOString()}`);
      delete localStorage[key];
      if (await send(body)) {
        const nextKey = keyAfterFailure(key);
        if (nextKey) localStorage[nextKey] = stored;
        return;
      }
    }
  };
  try {
    if (!isOnline() || !mayGoOn() || !keysOf(prefix)[0]) return;
    try {
      // Tabs learn late of what another one took away.
      await navigator.locks.request(prefix, sendAll);
    } catch {
      // Pages without HTTPS have no locks, and some frames may not use them.
      await sendAll();
    }
  } catch {}
}

/**
 * Where a piece goes back that could not be sent; nothing when it is dropped. A piece lives for a week.
 * The wall clock may have been wrong when it was stored, or may be now: an age that is negative or over
 * a week gives it one more week, once. So no jump of the clock drops a piece, and none keeps it forever.
 */
function keyAfterFailure(key: string): string | undefined {
  const [, , storedAt, , renewedAt] = key.split(" ");
  const age = Date.now() - Number(renewedAt ?? storedAt);
  if (age >= 0 && age < MAX_AGE_MS) return key;
  return renewedAt ? undefined : `${key} ${Date.now()}`;
}

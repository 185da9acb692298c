import { classifyStatus, limitsMetrics, readLimits, withTimeout } from "@spanmeter/core";
import type {
  Lifecycle,
  Platform,
  TransportResponse,
  TransportRuntime,
  Undo,
} from "@spanmeter/core";
import { outsideZones } from "../outside-zones.js";
import { hasRoom } from "../transport/budget.js";
import { post, timeoutOf } from "../transport/page-transport.js";
import type { Deliver, PageTransportOptions } from "../transport/page-transport.js";
import { isOnline, type PageStorage } from "./page-storage.js";

const EVENTS = ["visibilitychange", "pagehide", "freeze", "online", "pageshow"];
/** The most bytes of a piece, with its headers and a client report. */
const PIECE_BYTES = 20_000;
/** Loading the page comes first. */
const RESEND_AFTER_MS = 1_000;
/** How long after it was hidden a page sends without batching: the time of the last events' tasks. */
const ENDING_MS = 100;

type EndingClient = Pick<Lifecycle, "drain" | "isLimited" | "resume">;

interface PageEnd extends Required<Pick<Platform, "isEnding">> {
  /** Makes the function that sends a body to Sentry, stores it, or drops it. */
  deliver(options: PageTransportOptions): Deliver;
  /**
   * Sends what waits when the page may not come back: `visibilitychange` to hidden is the last event
   * that phones fire, `pagehide` the last on a navigation, `freeze` the last before a tab is discarded.
   * There is no `unload` listener, which would keep the page out of the back/forward cache. A worker gets
   * none of these events, and a server that renders pages has no such listeners at all.
   */
  start(client: EndingClient): Undo;
}

const STORED: TransportResponse & { isStored: boolean } = { isStored: true };

/** `pagehide` has fired, and the page was not shown since. */
let isGone = false;
/** `pagehide` has fired, and the page is not kept for the back/forward cache. */
let isDestroyed = false;

/** A worker has no document. */
export const isHidden = (): boolean => globalThis.document?.visibilityState === "hidden";
const isLeaving = (): boolean => isGone || isHidden();

/** No answer, or one that says "later". */
const isOpen = ({ statusCode }: TransportResponse): boolean =>
  ["retry", "rate-limited"].includes(classifyStatus(statusCode));

/** Whether an answer, of any status, limits metrics. */
const hasLimit = (answer: TransportResponse): boolean =>
  readLimits(answer, 0).some(({ category }) => limitsMetrics(category));

/** Sends what fits as a page ends, and stores the rest for the next page of its origin. */
export function createPageEnd(
  runtime: TransportRuntime,
  storage: PageStorage | undefined,
): PageEnd {
  const { monotonicMs, setTimer } = runtime;
  let client: EndingClient | undefined;
  let resend = (): unknown => undefined;
  /** The last request was answered by nothing, or by nothing final. */
  let isFailing = false;
  /** A piece was dropped since the last event. */
  let dropsPieces = false;
  /** When the last of the events came that may be a page's last; 0 while the page is shown. */
  let leftAt = 0;

  // Every call of an application reads this.
  const isEnding = (): boolean => isGone || (leftAt > 0 && monotonicMs() - leftAt < ENDING_MS);

  /** Sends, and learns from the answer how the server is. */
  function send(options: PageTransportOptions, body: string): Promise<TransportResponse> {
    const sending = post(options, body, runtime);
    void sending
      .catch(() => ({ statusCode: 0 }))
      .then((answer) => {
        const wasFailing = isFailing;
        isFailing = isOpen(answer);
        // The client does not know yet of a limit in this answer.
        if (wasFailing && !isFailing && !hasLimit(answer) && !isLeaving()) resend();
      });
    return sending;
  }

  /** Sends what earlier pages stored, as long as the server takes it. */
  function sendAllStored(options: PageTransportOptions): Promise<void> | undefined {
    let isLimited = false;
    return storage?.sendStored(options, {
      mayGoOn: () => !isLimited && !client?.isLimited(),
      send(body) {
        const staysOpen = send(options, body).then(
          (answer) => {
            isLimited = hasLimit(answer);
            return isOpen(answer);
          },
          () => true,
        );
        // As long as its two tries may take. A piece whose end is not seen, because the page cleared
        // a timer, would be gone, and other tabs would wait for the lock.
        return withTimeout(staysOpen, 2 * timeoutOf(options), true, runtime);
      },
    });
  }

  function leaves(url: string, isPlain: boolean, body: string): unknown {
    if (!isOnline()) return false;
    if (!isLeaving()) return true;
    // Whatever a hidden page sends later finds out whether the server is well again.
    if (isEnding() && (dropsPieces || isFailing || client?.isLimited())) return false;
    try {
      // A beacon is the one request whose refusal is known at once; its answer is not.
      return isGone ? isPlain && navigator.sendBeacon(url, body) : hasRoom(PIECE_BYTES);
    } catch {
      return false;
    }
  }

  return {
    deliver(options) {
      const { url, headers, fetchOptions } = options;
      const isPlain = !headers && !fetchOptions;
      resend = () => sendAllStored(options);
      return (body) => {
        // Neither a beacon nor the storage says that a server answered.
        if (leaves(url, isPlain, body) ? isGone : storage?.store(options, body)) return STORED;
        if (isDestroyed && isPlain) {
          // A request that nobody waits for is cut off unnoticed. The report of the loss leaves with the
          // `visibilitychange` after `pagehide`, if no smaller piece fills the room there is.
          dropsPieces = true;
          return { statusCode: -1 };
        }
        return send(options, body);
      };
    },
    isEnding,
    start(given) {
      client = given;
      isGone = isDestroyed = false;
      const { document, addEventListener } = globalThis as Partial<typeof globalThis>;
      if (!document || !addEventListener) return () => {};
      const onEvent = ({ type, persisted }: Event & { persisted?: boolean }): void => {
        if (type === "pagehide") {
          isGone = true;
          isDestroyed = !persisted;
        } else if (type === "pageshow" || !isHidden()) isGone = isDestroyed = false;
        // The one that ends the load is no return.
        if (type === "pageshow" && !persisted) return;
        dropsPieces = false;
        if (type === "online") {
          isFailing = false;
          given.resume?.();
        }
        leftAt = isLeaving() ? monotonicMs() : 0;
        if (leftAt) given.drain();
        else if (!isFailing) resend();
      };
      const stop = setTimer(() => resend(), RESEND_AFTER_MS);
      outsideZones(() => {
        for (const type of EVENTS) addEventListener(type, onEvent, true);
      });
      return () => {
        stop();
        for (const type of EVENTS) removeEventListener(type, onEvent, true);
      };
    },
  };
}

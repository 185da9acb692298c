import type { Lifecycle, TransportFactory, Undo } from "@spanmeter/core";
import { hasRoom } from "../transport/budget.js";
import { exit } from "../transport/exit.js";
import { pageTransport, post } from "../transport/page-transport.js";
import type { PageTransportOptions } from "../transport/page-transport.js";
import { isOpen, keep, sendKept } from "./shelf.js";

const EVENTS = ["visibilitychange", "pagehide", "freeze", "online"];
/** What a piece has at most, with its headers and a client report. */
const PIECE_BYTES = 20_000;
/** A page has better things to do while it loads. */
const RESEND_AFTER_MS = 1_000;

interface PageEnd {
  /** The transport of a client that sends to Sentry. */
  readonly transport: TransportFactory;
  /**
   * Sends what waits when the page may not come back: `visibilitychange` to hidden is the last event
   * that phones fire, `pagehide` the last on a navigation, `freeze` the last before a tab is discarded.
   * There is no `unload` listener, which would keep the page out of the back/forward cache. A worker is
   * told of none of them, and a server that renders pages has no such listeners at all.
   */
  start(client: Pick<Lifecycle, "drain" | "isLimited">): Undo;
}

/** The page learns of nothing any more. */
let gone = false;
/** Nor does it come back from the back/forward cache. */
let torn = false;

/** The page may not come back. A worker has no document. */
const leaving = (): boolean => gone || globalThis.document?.visibilityState === "hidden";

/** What does not leave with the page is kept for the next one of its origin. */
export function createPageEnd(): PageEnd {
  let resend: () => unknown = () => {};
  /** The last answer was none, or none that is final. */
  let failing = false;
  /** It had better wait in the storage than be sent blindly. */
  let holds = false;
  return {
    transport(options: PageTransportOptions) {
      resend = () => sendKept(options);
      const { url, headers, fetchOptions } = options;
      const plain = !headers && !fetchOptions;
      return pageTransport(options, (_, body) => {
        // Servers that render pages have no `navigator`.
        const leaves =
          globalThis.navigator?.onLine !== false &&
          (!leaving() ||
            (!holds &&
              // A beacon is the one request whose refusal is known at once; its answer is not.
              (gone ? plain && navigator.sendBeacon?.(url, body) : hasRoom(PIECE_BYTES))));
        if (leaves ? gone : keep(options, body)) return {};
        if (torn && plain) {
          // A request that nobody waits for is cut off unheard. The report of the loss leaves with the
          // `visibilitychange` after `pagehide`, if no smaller piece fills the room there is.
          holds = true;
          return { statusCode: 0 };
        }
        const sending = post(options, body);
        void sending.then(isOpen, isOpen).then((open) => (failing = open));
        return sending;
      });
    },
    start(client) {
      gone = torn = false;
      if (!globalThis.document) return () => {};
      const onEvent = ({ type, persisted }: Event & { persisted?: boolean }): void => {
        gone = type === "pagehide";
        torn = gone && !persisted;
        // Whatever a hidden page sends later finds out whether the server is well again.
        holds = failing || client.isLimited();
        if (leaving()) client.drain();
        else resend();
        holds = false;
      };
      const stop = exit.setTimer(resend, RESEND_AFTER_MS);
      for (const type of EVENTS) addEventListener(type, onEvent, true);
      return () => {
        stop();
        for (const type of EVENTS) removeEventListener(type, onEvent, true);
      };
    },
  };
}

import type { Lifecycle, TransportFactory, TransportResponse, Undo } from "@spanmeter/core";
import { hasRoom } from "../transport/budget.js";
import { exit } from "../transport/exit.js";
import { pageTransport, post } from "../transport/page-transport.js";
import type { PageTransportOptions } from "../transport/page-transport.js";
import { keep, sendKept } from "./shelf.js";

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
  start(client: Pick<Lifecycle, "drain">): Undo;
}

/** The page learns of nothing any more. */
let gone = false;

/** The page may not come back. A worker has no document. */
const leaving = (): boolean => gone || globalThis.document?.visibilityState === "hidden";

/** What does not leave with the page is kept for the next one of its origin. */
function deliver(
  options: PageTransportOptions,
  body: string,
): TransportResponse | Promise<TransportResponse> {
  const { url, headers, fetchOptions } = options;
  const leaves =
    !leaving() ||
    (navigator.onLine &&
      // A beacon is the one request whose refusal is known at once; its answer is not.
      (gone ? !headers && !fetchOptions && navigator.sendBeacon(url, body) : hasRoom(PIECE_BYTES)));
  return (leaves ? gone : keep(options, body)) ? {} : post(options, body);
}

export function createPageEnd(): PageEnd {
  let resend: () => unknown = () => {};
  return {
    transport(options) {
      resend = () => sendKept(options);
      return pageTransport(options, deliver);
    },
    start(client) {
      gone = false;
      if (!globalThis.document) return () => {};
      const onEvent = ({ type }: Event): void => {
        gone = type === "pagehide";
        if (leaving()) client.drain();
        else resend();
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

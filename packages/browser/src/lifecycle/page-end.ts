import type { Lifecycle, TransportFactory, Undo } from "@spanmeter/core";
import { exit } from "../transport/exit.js";
import { pageTransport } from "../transport/page-transport.js";
import { createShelf } from "./shelf.js";

const EVENTS = ["visibilitychange", "pagehide", "freeze", "online"];
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

/** What does not leave with the page is kept for the next one of its origin. */
export function createPageEnd(): PageEnd {
  let leaving = false;
  let ends = 0;
  let resend: () => unknown = () => {};
  return {
    transport(options) {
      const [keep, sendKept] = createShelf(options);
      resend = sendKept;
      return pageTransport(options, () => {
        const now = ends;
        // What is refused later, as the page is torn down, has left and arrives.
        return leaving ? (body) => now === ends && keep(body) : undefined;
      });
    },
    start(client) {
      const onEvent = ({ type }: Event): void => {
        if (type === "pagehide") ends++;
        leaving = type === "pagehide" || globalThis.document?.visibilityState === "hidden";
        if (leaving) client.drain();
        else resend();
      };
      const stop = globalThis.document && exit.setTimer(resend, RESEND_AFTER_MS);
      for (const type of EVENTS) globalThis.addEventListener?.(type, onEvent);
      return () => {
        stop?.();
        for (const type of EVENTS) globalThis.removeEventListener?.(type, onEvent);
      };
    },
  };
}

import type { Lifecycle, Undo } from "@spanmeter/core";

const EVENTS = ["visibilitychange", "pagehide"];

/**
 * Sends what waits when the page may not come back: `visibilitychange` to hidden is the last event
 * that phones fire, `pagehide` the last on a navigation. There is no `unload` listener, which would
 * keep the page out of the back/forward cache. A worker is told of neither, and a server that renders
 * pages has no such listeners at all.
 */
export function onPageEnd(client: Pick<Lifecycle, "drain">): Undo {
  const leave = ({ type }: Event): void => {
    if (type === "pagehide" || document.visibilityState === "hidden") client.drain();
  };
  for (const type of EVENTS) globalThis.addEventListener?.(type, leave);
  return () => {
    for (const type of EVENTS) globalThis.removeEventListener?.(type, leave);
  };
}

import type { Lifecycle, Undo } from "@spanmeter/core";

/**
 * Sends what waits when the page may not come back: `visibilitychange` to hidden is the last event
 * that phones fire, `pagehide` the last on a navigation. There is no `unload` listener, which would
 * keep the page out of the back/forward cache. A worker is told of neither.
 */
export function onPageEnd(client: Pick<Lifecycle, "drain">): Undo {
  if (typeof document === "undefined") return () => {};
  const leave = (event: Event): void => {
    if (event.type === "pagehide" || document.visibilityState === "hidden") client.drain();
  };
  document.addEventListener("visibilitychange", leave);
  addEventListener("pagehide", leave);
  return () => {
    document.removeEventListener("visibilitychange", leave);
    removeEventListener("pagehide", leave);
  };
}

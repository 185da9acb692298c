import type { Lifecycle, Undo } from "@spanmeter/core";

/**
 * Sends what waits when the page may not come back: `visibilitychange` to hidden is the last event
 * that phones fire, `pagehide` the last on a navigation. There is no `unload` listener, which would
 * keep the page out of the back/forward cache. A worker is told of neither.
 */
export function onPageEnd(client: Lifecycle): Undo {
  if (typeof document === "undefined") return () => {};
  const hidden = (): void => {
    if (document.visibilityState === "hidden") client.drain();
  };
  document.addEventListener("visibilitychange", hidden);
  addEventListener("pagehide", client.drain);
  return () => {
    document.removeEventListener("visibilitychange", hidden);
    removeEventListener("pagehide", client.drain);
  };
}

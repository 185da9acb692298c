/** The zone around all others. It rethrows exceptions of `fn`. */
interface ZoneJs {
  readonly root?: { runGuarded<T>(fn: () => T): T };
}

/**
 * Runs `fn` outside of every zone of zone.js, where there is one. Angular counts timers, requests and
 * listeners that begin in its zone as work of the application: it renders after each of them, and its
 * tests and its hydration wait until none is pending (https://angular.dev/api/core/NgZone).
 */
export function outsideZones<T>(fn: () => T): T {
  const root = (globalThis as { Zone?: ZoneJs }).Zone?.root;
  return root ? root.runGuarded(fn) : fn();
}

import type { Undo } from "@spanmeter/core";
import { ours } from "./our-listeners.js";

export interface ErrorListener {
  /** The process, or the thread, ends by the error. */
  over(): void;
  /** Somebody prevented it. */
  goesOn(): void;
}

const events = globalThis as unknown as EventTarget;

/**
 * After an uncaught error Deno ends without `exit`, and Bun takes a thread down before it could send
 * anything. Both announce the error first: as `uncaughtExceptionMonitor`, and as the global `error`,
 * whose earlier listeners may have recorded metrics or prevented the end.
 */
export function watchUncaughtErrors({ over, goesOn }: ErrorListener): Undo {
  function end(): void {
    over();
    process.nextTick(goesOn);
  }

  const onMonitor = ours((): void => {
    // A handler decides, and `exit` follows if it ends the process.
    if (process.listenerCount("uncaughtException") === 0) end();
  });

  function onError({ defaultPrevented }: Event): void {
    if (!defaultPrevented) onMonitor();
  }

  process.on("uncaughtExceptionMonitor", onMonitor);
  events.addEventListener("error", onError);
  return () => {
    process.off("uncaughtExceptionMonitor", onMonitor);
    events.removeEventListener("error", onError);
  };
}

/** `Deno.exit()` is announced by the global `unload` alone. */
export function watchUnload(over: () => void): Undo {
  events.addEventListener("unload", over);
  return () => events.removeEventListener("unload", over);
}

import type { Undo } from "@spanmeter/core";
import { markOurs } from "./our-listeners.js";

/** Called when an error is not caught. */
export interface UncaughtErrorListener {
  /** The error ends the process, or the thread. */
  onExit(): void;
  /** The process did not end. */
  onContinue(): void;
}

const events = globalThis as unknown as EventTarget;

/**
 * Watches uncaught errors in Deno and Bun. After one, Deno ends without `exit`, and Bun stops a thread
 * before it can send anything. Both announce the error first: as `uncaughtExceptionMonitor`, and as the
 * global `error`, whose earlier listeners may have recorded metrics or prevented the end.
 */
export function watchUncaughtErrors({ onExit, onContinue }: UncaughtErrorListener): Undo {
  const onMonitor = markOurs((): void => {
    // A handler decides, and `exit` follows if it ends the process.
    if (process.listenerCount("uncaughtException") > 0) return;
    onExit();
    process.nextTick(onContinue);
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

/** Watches the global `unload`, the only event of `Deno.exit()`. */
export function watchUnload(onExit: () => void): Undo {
  events.addEventListener("unload", onExit);
  return () => events.removeEventListener("unload", onExit);
}

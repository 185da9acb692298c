import type { Undo } from "@spanmeter/core";
import { isOurs, markOurs } from "./our-listeners.js";

/** Called when a signal arrives. */
export interface SignalListener {
  /** The signal ends the process. */
  onExit(): void;
  /** Another listener now decides, and may end the process without any further event. */
  onPossibleExit(): void;
  /** The process did not end. */
  onContinue(): void;
}

const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/**
 * Watches the signals that end a process. Where the application listens too, it decides what a signal
 * means; if it ends the process, `exit` follows. Otherwise the process ends by the signal, as it would
 * without this package.
 */
export function watchSignals({ onExit, onPossibleExit, onContinue }: SignalListener): Undo {
  let isStopped = false;
  const removals = watchRemovals();

  const onSignal = markOurs((signal: NodeJS.Signals): void => {
    const isOnlyOurs = !removals.has(signal) && process.listeners(signal).every(isOurs);
    if (isOnlyOurs) onExit();
    else onPossibleExit();
    // Some listeners, such as those of signal-exit, end the process only when they are the only ones.
    process.off(signal, onSignal);
    // Another copy of this package may still have to send.
    if (isOnlyOurs && process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    // The first process of a container is not ended by a signal that it does not handle.
    process.nextTick(() => {
      if (isStopped) return;
      listenTo(signal);
      onContinue();
    });
  });

  /** First, so that a listener added by `once` can still be counted. */
  function listenTo(signal: NodeJS.Signals): void {
    process.off(signal, onSignal).prependListener(signal, onSignal);
  }

  for (const signal of SIGNALS) listenTo(signal);
  return () => {
    isStopped = true;
    removals.stop();
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}

/**
 * Deno calls the listeners of a signal in the order they were added, so a listener added by `once` is
 * already removed when ours runs. This remembers it while its signal is handled.
 */
function watchRemovals(): { has(signal: string): boolean; stop: Undo } {
  const removed = new Set<string>();
  const onRemove = markOurs((event: string, listener: object): void => {
    if (isOurs(listener)) return;
    removed.add(event);
    process.nextTick(() => removed.delete(event));
  });
  if ("Deno" in globalThis) process.on("removeListener", onRemove);
  return {
    has: (signal) => removed.has(signal),
    stop: () => void process.off("removeListener", onRemove),
  };
}

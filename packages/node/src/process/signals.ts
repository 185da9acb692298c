import type { Undo } from "@spanmeter/core";
import { isOurs, ours } from "./our-listeners.js";

export interface SignalListener {
  /** The process ends by the signal. */
  over(): void;
  /** Whoever else listens decides now, and may end the process without another word. */
  mayBeOver(): void;
  /** The process still lives. */
  goesOn(): void;
}

const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/**
 * Whoever else listens decides what a signal means, and whether it is the end at all; should it be,
 * `exit` follows. Alone, the process ends by the signal, as it would without us.
 */
export function watchSignals({ over, mayBeOver, goesOn }: SignalListener): Undo {
  let isStopped = false;
  const left = watchRemovals();

  const onSignal = ours((signal: NodeJS.Signals): void => {
    const isForUs = !left.has(signal) && process.listeners(signal).every(isOurs);
    if (isForUs) over();
    else mayBeOver();
    // Listeners that end the process only when they are alone, such as those of signal-exit, must find
    // themselves so.
    process.off(signal, onSignal);
    // Another copy of us has its turn first.
    if (isForUs && process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    // The first process of a container is not ended by a signal that it does not handle.
    process.nextTick(() => {
      if (isStopped) return;
      listenTo(signal);
      goesOn();
    });
  });

  /** First, so that a listener by `once` is still there to be counted. */
  function listenTo(signal: NodeJS.Signals): void {
    process.off(signal, onSignal).prependListener(signal, onSignal);
  }

  for (const signal of SIGNALS) listenTo(signal);
  return () => {
    isStopped = true;
    left.stop();
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}

/**
 * Deno calls the listeners of a signal in the order they came, so that one by `once` is gone when it is
 * our turn. Here it is remembered for as long as its signal is handled.
 */
function watchRemovals(): { has(signal: string): boolean; stop: Undo } {
  const removed = new Set<string>();
  const onRemove = ours((event: string, listener: object): void => {
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

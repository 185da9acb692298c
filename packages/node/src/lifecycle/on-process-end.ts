import { isMainThread } from "node:worker_threads";
import type { Undo } from "@spanmeter/core";

/** Told how the process, or the worker thread, comes to its end. */
export interface EndListener {
  /** Nothing is left to do. Told again after all work done then, this work included. */
  idle?(): void;
  /** The last chance: only what runs synchronously still happens. `since` is when the end began. */
  over?(since: number): void;
}

const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

const listeners = new Set<EndListener>();
let began: number | undefined;

function idle(): void {
  for (const listener of listeners) listener.idle?.();
}

function over(): void {
  began ??= Date.now();
  for (const listener of listeners) listener.over?.(began);
}

/**
 * Whoever else listens decides what the signal means, and whether it is the end at all; should it be,
 * `exit` follows. Alone, the process ends by the signal, as it would without us.
 */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  over();
  process.off(signal, onSignal);
  process.kill(process.pid, signal);
}

/** A listener that the application adds later may record metrics, so the last of ours moves behind it. */
function onNewListener(event: string | symbol, listener: unknown): void {
  if (event !== "exit" || listener === over) return;
  queueMicrotask(() => {
    if (listeners.size > 0) process.off("exit", over).on("exit", over);
  });
}

function listen(): void {
  process.on("beforeExit", idle);
  // First, because a listener that calls `process.exit()` is the last one; and last, because listeners
  // record metrics too.
  process.prependListener("exit", over);
  process.on("exit", over);
  process.on("newListener", onNewListener);
  // First, so that a listener by `once` is still there to be counted.
  if (isMainThread) for (const signal of SIGNALS) process.prependListener(signal, onSignal);
}

function unlisten(): void {
  process.off("beforeExit", idle);
  process.off("exit", over).off("exit", over);
  process.off("newListener", onNewListener);
  if (isMainThread) for (const signal of SIGNALS) process.off(signal, onSignal);
}

/** There is one set of listeners on the process for all: node warns of a leak above ten. */
export function onProcessEnd(listener: EndListener): Undo {
  if (listeners.size === 0) listen();
  listeners.add(listener);
  return () => {
    if (listeners.delete(listener) && listeners.size === 0) unlisten();
  };
}

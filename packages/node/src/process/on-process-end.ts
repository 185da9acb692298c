import { isMainThread } from "node:worker_threads";
import type { Undo } from "@spanmeter/core";
import { monotonicMs } from "../runtime/clock.js";
import { isOurs, markOurs } from "./our-listeners.js";
import { watchSignals } from "./signals.js";
import { listenToMainThread, watchThreads } from "./threads.js";
import type { Threads } from "./threads.js";
import { watchUncaughtErrors, watchUnload } from "./uncaught-errors.js";

/** Called when the process, or the worker thread, comes to its end. */
export interface ProcessEndListener {
  /** How long `onExit` may take, in milliseconds. */
  readonly timeout?: number;
  /** Nothing is left to do. Called again after all work done since, including that of this listener. */
  onIdle?(): void;
  /** The last chance: only synchronous code still runs. `sinceMs` is when the end began, by the monotonic clock. */
  onExit?(sinceMs: number): void;
  /** Another listener now decides whether the process ends, perhaps without any further event. */
  onPossibleExit?(): void;
  /** The process did not end. */
  onContinue?(): void;
}

/** The most listeners of ours on one event. Node warns of a leak above ten, ours included. */
const MAX_LISTENERS = 2;

const listeners = new Set<ProcessEndListener>();
/** When the end began, by the monotonic clock. */
let endBeganMs: number | undefined;
/** In the main thread, the others. */
let threads: Threads | undefined;
const undos: Undo[] = [];

/** An error of ours, or of the platform, must not change how the process ends. */
function callEach(call: (listener: ProcessEndListener) => void): void {
  for (const listener of listeners)
    try {
      call(listener);
    } catch {
      // Its pending metrics are lost.
    }
}

function onIdle(): void {
  callEach((listener) => listener.onIdle?.());
}

const onExit = markOurs((): void => {
  const sinceMs = (endBeganMs ??= monotonicMs());
  // The threads send while this one does.
  threads?.notify("exit");
  callEach((listener) => listener.onExit?.(sinceMs));
  threads?.wait(sinceMs + Math.max(...[...listeners].map(({ timeout = 0 }) => timeout)));
});

function onPossibleExit(): void {
  threads?.notify("possible-exit");
  callEach((listener) => listener.onPossibleExit?.());
  threads?.wait(0);
}

function onContinue(): void {
  endBeganMs = undefined;
  threads?.notify("continue");
  callEach((listener) => listener.onContinue?.());
}

/** A listener that the application adds later may record metrics, so our last one moves behind it. */
function onNewListener(event: string | symbol, listener: object): void {
  // Two copies of this package would move behind each other endlessly.
  if (event !== "exit" || isOurs(listener)) return;
  queueMicrotask(() => {
    if (listeners.size > 0) process.off("exit", onExit).on("exit", onExit);
  });
}

/** A limit of zero means no limit. */
function changeMaxListeners(by: number): void {
  const limit = process.getMaxListeners();
  if (limit > 0) process.setMaxListeners(Math.max(1, limit + by));
}

function listen(): void {
  changeMaxListeners(MAX_LISTENERS);
  process.on("beforeExit", onIdle);
  // First, because no listener runs after one that calls `process.exit()`; and last, because other
  // listeners record metrics too.
  process.prependListener("exit", onExit);
  process.on("exit", onExit);
  process.on("newListener", onNewListener);
  const isDeno = "Deno" in globalThis;
  if (isDeno || ("Bun" in globalThis && !isMainThread))
    undos.push(watchUncaughtErrors({ onExit, onContinue }));
  if (isDeno) undos.push(watchUnload(onExit));
  if (isMainThread) {
    threads = watchThreads();
    undos.push(threads.undo, watchSignals({ onExit, onPossibleExit, onContinue }));
  } else
    undos.push(
      listenToMainThread({
        exit: onExit,
        "possible-exit": onPossibleExit,
        continue: onContinue,
      }),
    );
}

function unlisten(): void {
  process.off("beforeExit", onIdle);
  process.off("exit", onExit).off("exit", onExit);
  process.off("newListener", onNewListener);
  for (const undo of undos.splice(0)) undo();
  threads = undefined;
  changeMaxListeners(-MAX_LISTENERS);
}

/** Adds a listener for the end of the process. All clients share one set of listeners on `process`. */
export function onProcessEnd(listener: ProcessEndListener): Undo {
  if (listeners.size === 0) listen();
  listeners.add(listener);
  return () => {
    if (listeners.delete(listener) && listeners.size === 0) unlisten();
  };
}

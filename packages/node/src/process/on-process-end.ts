import { isMainThread } from "node:worker_threads";
import type { Undo } from "@spanmeter/core";
import { monotonicMs } from "../runtime/clock.js";
import { isOurs, ours } from "./our-listeners.js";
import { watchSignals } from "./signals.js";
import { listenToMain, watchThreads } from "./threads.js";
import type { Threads } from "./threads.js";
import { watchUncaughtErrors, watchUnload } from "./uncaught-errors.js";

/** Told how the process, or the worker thread, comes to its end. */
export interface EndListener {
  /** How long the end may take for it, in milliseconds. */
  readonly timeout?: number;
  /** Nothing is left to do. Told again after all work done then, this work included. */
  idle?(): void;
  /** The last chance: only what runs synchronously still happens. `since` is when the end began, by the monotonic clock. */
  over?(since: number): void;
  /** Somebody else decides now whether this is the end, perhaps without another word. Told `goesOn` if not. */
  mayBeOver?(): void;
  /** It was not the end. */
  goesOn?(): void;
}

/** The most listeners of ours on one event. Node warns of a leak above ten, ours included. */
const OURS = 2;

const listeners = new Set<EndListener>();
let began: number | undefined;
/** In the main thread, the others. */
let threads: Threads | undefined;
const undos: Undo[] = [];

/** A fault of ours, or of the platform, must not change how the process ends. */
function callEach(call: (listener: EndListener) => void): void {
  for (const listener of listeners)
    try {
      call(listener);
    } catch {
      // What it still held is lost.
    }
}

function idle(): void {
  callEach((listener) => listener.idle?.());
}

const over = ours((): void => {
  const since = (began ??= monotonicMs());
  // They send while this one does.
  threads?.tell("over");
  callEach((listener) => listener.over?.(since));
  threads?.wait(since + Math.max(...[...listeners].map(({ timeout = 0 }) => timeout)));
});

function mayBeOver(): void {
  threads?.tell("mayBeOver");
  callEach((listener) => listener.mayBeOver?.());
  threads?.wait(0);
}

function goesOn(): void {
  began = undefined;
  threads?.tell("goesOn");
  callEach((listener) => listener.goesOn?.());
}

/** A listener that the application adds later may record metrics, so the last of ours moves behind it. */
function onNewListener(event: string | symbol, listener: object): void {
  // Two copies of us would move behind each other for ever.
  if (event !== "exit" || isOurs(listener)) return;
  queueMicrotask(() => {
    if (listeners.size > 0) process.off("exit", over).on("exit", over);
  });
}

/** Zero stands for no limit. */
function makeRoom(by: number): void {
  const most = process.getMaxListeners();
  if (most > 0) process.setMaxListeners(Math.max(1, most + by));
}

function listen(): void {
  makeRoom(OURS);
  process.on("beforeExit", idle);
  // First, because a listener that calls `process.exit()` is the last one; and last, because listeners
  // record metrics too.
  process.prependListener("exit", over);
  process.on("exit", over);
  process.on("newListener", onNewListener);
  const isDeno = "Deno" in globalThis;
  if (isDeno || ("Bun" in globalThis && !isMainThread))
    undos.push(watchUncaughtErrors({ over, goesOn }));
  if (isDeno) undos.push(watchUnload(over));
  if (isMainThread) {
    threads = watchThreads();
    undos.push(threads.undo, watchSignals({ over, mayBeOver, goesOn }));
  } else undos.push(listenToMain({ over, mayBeOver, goesOn }));
}

function unlisten(): void {
  process.off("beforeExit", idle);
  process.off("exit", over).off("exit", over);
  process.off("newListener", onNewListener);
  for (const undo of undos.splice(0)) undo();
  threads = undefined;
  makeRoom(-OURS);
}

/** There is one set of listeners on the process for all clients. */
export function onProcessEnd(listener: EndListener): Undo {
  if (listeners.size === 0) listen();
  listeners.add(listener);
  return () => {
    if (listeners.delete(listener) && listeners.size === 0) unlisten();
  };
}

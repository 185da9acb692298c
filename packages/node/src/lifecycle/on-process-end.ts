import { isMainThread } from "node:worker_threads";
import type { Undo } from "@spanmeter/core";
import { listenToMain, watchThreads } from "./threads.js";
import type { Threads } from "./threads.js";

/** Told how the process, or the worker thread, comes to its end. */
export interface EndListener {
  /** How long the end may take for it, in milliseconds. */
  readonly timeout?: number;
  /** Nothing is left to do. Told again after all work done then, this work included. */
  idle?(): void;
  /** The last chance: only what runs synchronously still happens. `since` is when the end began. */
  over?(since: number): void;
  /** Somebody else decides now whether this is the end, perhaps without another word. Told `goesOn` if not. */
  mayBeOver?(): void;
  /** It was not the end. */
  goesOn?(): void;
}

const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/** Marks our listeners, so that the ESM and the CommonJS copy of this package know each other's. */
const MARK: unique symbol = Symbol.for("spanmeter.listener");

/** The most listeners of ours on one event. Node warns of a leak above ten, ours included. */
const OURS = 2;

const listeners = new Set<EndListener>();
let began: number | undefined;
/** In the main thread, the others. */
let threads: Threads | undefined;
let stopListening: Undo | undefined;

function idle(): void {
  for (const listener of listeners) listener.idle?.();
}

const over = ours((): void => {
  began ??= Date.now();
  // They send while this one does.
  threads?.over();
  for (const listener of listeners) listener.over?.(began);
  threads?.wait(began + Math.max(...[...listeners].map(({ timeout = 0 }) => timeout)));
});

function goesOn(): void {
  began = undefined;
  threads?.goesOn();
  for (const listener of listeners) listener.goesOn?.();
}

function ours<F extends object>(listener: F): F {
  return Object.assign(listener, { [MARK]: true });
}
function isOurs(listener: object): boolean {
  return MARK in listener;
}

/**
 * Whoever else listens decides what the signal means, and whether it is the end at all; should it be,
 * `exit` follows. Alone, the process ends by the signal, as it would without us.
 */
const onSignal = ours((signal: NodeJS.Signals): void => {
  if (!process.listeners(signal).every(isOurs)) return stepAside(signal);
  over();
  process.off(signal, onSignal);
  // Another copy of us has its turn first.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  // The first process of a container is not ended by a signal that it does not handle.
  listenAgain(signal);
});

/** Listeners that end the process only when they are alone, such as those of signal-exit, must find themselves so. */
function stepAside(signal: NodeJS.Signals): void {
  for (const listener of listeners) listener.mayBeOver?.();
  process.off(signal, onSignal);
  listenAgain(signal);
}

function listenAgain(signal: NodeJS.Signals): void {
  process.nextTick(() => {
    if (listeners.size > 0) listenTo(signal);
    goesOn();
  });
}

/** First, so that a listener by `once` is still there to be counted. */
function listenTo(signal: NodeJS.Signals): void {
  process.off(signal, onSignal).prependListener(signal, onSignal);
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
  if (isMainThread) {
    for (const signal of SIGNALS) listenTo(signal);
    threads = watchThreads();
  }
  stopListening = threads ? threads.undo : listenToMain(over, goesOn);
}

function unlisten(): void {
  process.off("beforeExit", idle);
  process.off("exit", over).off("exit", over);
  process.off("newListener", onNewListener);
  if (isMainThread) for (const signal of SIGNALS) process.off(signal, onSignal);
  stopListening?.();
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

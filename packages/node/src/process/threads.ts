import { BroadcastChannel, threadId } from "node:worker_threads";
import type { Worker } from "node:worker_threads";
import type { Undo } from "@spanmeter/core";
import { monotonicMs } from "../runtime/clock.js";

/**
 * A thread announces each copy of this package in it, with its state: when it begins, and again when the main thread asks,
 * which may have begun to listen later. The main thread says how the process goes on.
 */
type Message = Announcement | { readonly isQuestion: true } | EndMessage;
interface Announcement {
  readonly thread: number;
  /** Tells the copies of one thread from each other. */
  readonly copy: number;
  readonly state: Int32Array;
}
type EndMessage = "exit" | "possible-exit" | "continue";

const CHANNEL = "spanmeter.end";
/** The states of a thread. */
const [RUNNING, RECEIVED, DONE, CLOSED] = [0, 1, 2, 3] as const;
/**
 * How long all threads together may take to receive a message, in milliseconds. A thread that is busy does not receive
 * it; one that has nothing to do still needs a processor.
 */
const RECEIVE_MS = 500;

function openChannel(onMessage: (message: Message) => void): BroadcastChannel {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (event) => onMessage((event as { data: Message }).data);
  // It must not keep a process or a thread alive.
  channel.unref();
  return channel;
}

/** The threads that record metrics, as seen by the main thread. Node stops them when the process ends. */
export interface Threads {
  notify(message: EndMessage): void;
  /** Blocks until they have handled the message, or until this time of the monotonic clock. */
  wait(untilMs: number): void;
  undo: Undo;
}

/** Watches the threads that start from now on. Costs nothing before the first one. */
export function watchThreads(): Threads {
  /** By thread, the state of each copy of this package in it. */
  const threads = new Map<number, Map<number, Int32Array>>();
  let channel: BroadcastChannel | undefined;
  /** Set once for one end of the process, however often the message is repeated. */
  let receivedUntilMs: number | undefined;
  let lastMessage: EndMessage | undefined;

  function onWorker(worker: Worker): void {
    const id = worker.threadId;
    worker.once("exit", () => threads.delete(id));
    if (channel) return;
    channel = openChannel((message) => {
      if (typeof message === "object" && "state" in message) add(message);
    });
    // Deno says that there is a thread when it may already run.
    channel.postMessage({ isQuestion: true } satisfies Message);
  }

  function add({ thread, copy, state }: Announcement): void {
    const open = [...(threads.get(thread) ?? [])].filter(
      ([, each]) => Atomics.load(each, 0) !== CLOSED,
    );
    threads.set(thread, new Map([...open, [copy, state]]));
  }

  function notify(message: EndMessage): void {
    if (threads.size === 0) return;
    if (message !== lastMessage) receivedUntilMs = undefined;
    lastMessage = message;
    for (const state of [...threads.values()].flatMap((copies) => [...copies.values()]))
      Atomics.compareExchange(state, 0, DONE, RUNNING);
    channel?.postMessage(message);
  }

  function wait(untilMs: number): void {
    if (threads.size === 0) return;
    receivedUntilMs ??= monotonicMs() + RECEIVE_MS;
    for (const copies of threads.values())
      waitFor([...copies.values()], receivedUntilMs, Math.max(untilMs, receivedUntilMs));
  }

  function undo(): void {
    process.off("worker", onWorker);
    channel?.close();
  }

  process.on("worker", onWorker);
  return { notify, wait, undo };
}

const remainingMs = (untilMs: number): number => Math.max(0, untilMs - monotonicMs());

/** The copies in a thread run one after the other, in an order that is not known here. */
function waitFor(copies: readonly Int32Array[], firstUntilMs: number, untilMs: number): void {
  let receivedUntilMs = firstUntilMs;
  for (const _ of copies)
    for (const state of copies) {
      waitWhile(state, RUNNING, receivedUntilMs);
      if (waitWhile(state, RECEIVED, untilMs)) receivedUntilMs = monotonicMs() + RECEIVE_MS;
    }
}

/**
 * Blocks until the state is another one or the time has come. Whether it waited, and the state changed. A notice alone
 * says nothing: that of the state before comes late when the thread is interrupted between its two calls.
 */
function waitWhile(state: Int32Array, value: number, untilMs: number): boolean {
  let hasWaited = false;
  while (Atomics.load(state, 0) === value) {
    if (Atomics.wait(state, 0, value, remainingMs(untilMs)) === "timed-out") return false;
    hasWaited = true;
  }
  return hasWaited;
}

/** In a worker thread: listens for the end of the process, which node does not announce there. */
export function listenToMainThread(listeners: Readonly<Record<EndMessage, () => void>>): Undo {
  const state = new Int32Array(new SharedArrayBuffer(4));
  function setState(next: number): void {
    Atomics.store(state, 0, next);
    Atomics.notify(state, 0);
  }
  const announcement: Announcement = { thread: threadId, copy: Math.random(), state };
  const channel = openChannel((message) => {
    if (typeof message === "object") {
      if ("isQuestion" in message) channel.postMessage(announcement);
      return;
    }
    setState(RECEIVED);
    listeners[message]();
    setState(message === "continue" ? RUNNING : DONE);
  });
  channel.postMessage(announcement);
  return () => {
    setState(CLOSED);
    channel.close();
  };
}

import { BroadcastChannel, threadId } from "node:worker_threads";
import type { Worker } from "node:worker_threads";
import type { Undo } from "@spanmeter/core";
import { monotonicMs } from "../runtime/clock.js";

/** What threads tell each other: a thread that it is there, the main one how the process goes on. */
type Word = { readonly thread: number; readonly state: Int32Array } | End;
type End = "over" | "mayBeOver" | "goesOn";

const CHANNEL = "spanmeter.end";
/** What a thread is at. */
const [ALIVE, HEARD, DONE, CLOSED] = [0, 1, 2, 3] as const;
/** Threads that are busy or gone do not hear, and are not waited for any longer than this, all together. */
const HEAR_MS = 100;

function openChannel(heed: (word: Word) => void): BroadcastChannel {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (event) => heed((event as { data: Word }).data);
  // It must keep no process and no thread alive.
  channel.unref();
  return channel;
}

/** The threads that record metrics, as the main thread sees them. Node stops them when the process ends. */
export interface Threads {
  tell(word: End): void;
  /** Stands still until they have done what they were told, or until this time of the monotonic clock. */
  wait(until: number): void;
  undo: Undo;
}

/** Costs nothing before the first thread is made. Those made earlier are not known. */
export function watchThreads(): Threads {
  /** Of each thread, and of each copy of this package in it. */
  const threads = new Map<number, Set<Int32Array>>();
  let channel: BroadcastChannel | undefined;
  /** Taken once for one end of the process, however often it is told. */
  let hearUntil: number | undefined;
  let told: End | undefined;

  function onWorker(worker: Worker): void {
    const id = worker.threadId;
    worker.once("exit", () => threads.delete(id));
    channel ??= openChannel((word) => {
      if (typeof word === "object") add(word.thread, word.state);
    });
  }
  function add(thread: number, state: Int32Array): void {
    const open = [...(threads.get(thread) ?? [])].filter(
      (each) => Atomics.load(each, 0) !== CLOSED,
    );
    threads.set(thread, new Set([...open, state]));
  }
  process.on("worker", onWorker);
  return {
    tell(word) {
      if (threads.size === 0) return;
      if (word !== told) hearUntil = undefined;
      told = word;
      for (const state of [...threads.values()].flatMap((copies) => [...copies]))
        Atomics.compareExchange(state, 0, DONE, ALIVE);
      channel?.postMessage(word);
    },
    wait(until) {
      if (threads.size === 0) return;
      hearUntil ??= monotonicMs() + HEAR_MS;
      for (const copies of threads.values()) waitFor(copies, hearUntil, Math.max(until, hearUntil));
    },
    undo() {
      process.off("worker", onWorker);
      channel?.close();
    },
  };
}

const left = (until: number): number => Math.max(0, until - monotonicMs());

/** The copies in a thread have their turn one after the other, in an order that is not known here. */
function waitFor(copies: ReadonlySet<Int32Array>, hearUntil: number, until: number): void {
  let hear = hearUntil;
  for (const _ of copies)
    for (const state of copies) {
      Atomics.wait(state, 0, ALIVE, left(hear));
      if (Atomics.wait(state, 0, HEARD, left(until)) === "ok") hear = monotonicMs() + HEAR_MS;
    }
}

/** In a thread: is told when the process ends, which node would not say. */
export function listenToMain(heed: Readonly<Record<End, () => void>>): Undo {
  const state = new Int32Array(new SharedArrayBuffer(4));
  const become = (what: number): void => {
    Atomics.store(state, 0, what);
    Atomics.notify(state, 0);
  };
  const channel = openChannel((word) => {
    if (typeof word === "object") return;
    become(HEARD);
    heed[word]();
    become(word === "goesOn" ? ALIVE : DONE);
  });
  channel.postMessage({ thread: threadId, state } satisfies Word);
  return () => {
    become(CLOSED);
    channel.close();
  };
}

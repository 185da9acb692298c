import { BroadcastChannel, threadId } from "node:worker_threads";
import type { Worker } from "node:worker_threads";
import type { Undo } from "@spanmeter/core";

/** What threads tell each other: a thread that it is there, the main one how the process goes on. */
type Word = { readonly thread: number; readonly state: Int32Array } | "over" | "goesOn";

const CHANNEL = "spanmeter.end";
/** What a thread is at. */
const [ALIVE, HEARD, DONE] = [0, 1, 2] as const;
/** A thread that is busy or gone does not hear, and is not waited for any longer than this. */
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
  over(): void;
  /** Stands still until they have sent what waits there, or until this time. */
  wait(until: number): void;
  goesOn(): void;
  undo: Undo;
}

/** Costs nothing before the first thread is made. Those made earlier are not known. */
export function watchThreads(): Threads {
  const states = new Map<number, Int32Array>();
  let channel: BroadcastChannel | undefined;

  function onWorker(worker: Worker): void {
    const id = worker.threadId;
    worker.once("exit", () => states.delete(id));
    channel ??= openChannel((word) => {
      if (typeof word === "object") states.set(word.thread, word.state);
    });
  }
  function tell(word: "over" | "goesOn"): void {
    if (states.size > 0) channel?.postMessage(word);
  }
  process.on("worker", onWorker);
  return {
    over: () => tell("over"),
    wait(until) {
      for (const state of states.values()) {
        Atomics.wait(state, 0, ALIVE, HEAR_MS);
        Atomics.wait(state, 0, HEARD, Math.max(0, until - Date.now()));
      }
    },
    goesOn: () => tell("goesOn"),
    undo() {
      process.off("worker", onWorker);
      channel?.close();
    },
  };
}

/** In a thread: is told when the process ends, which node would not say. */
export function listenToMain(over: () => void, goesOn: () => void): Undo {
  const state = new Int32Array(new SharedArrayBuffer(4));
  const become = (what: number): void => {
    Atomics.store(state, 0, what);
    Atomics.notify(state, 0);
  };
  const channel = openChannel((word) => {
    if (word === "over") {
      become(HEARD);
      over();
      become(DONE);
    } else if (word === "goesOn") {
      become(ALIVE);
      goesOn();
    }
  });
  channel.postMessage({ thread: threadId, state } satisfies Word);
  return () => {
    become(DONE);
    channel.close();
  };
}

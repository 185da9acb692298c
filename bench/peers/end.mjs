import { once } from "node:events";
import { Worker } from "node:worker_threads";

const reader = new URL("../harness/reader.mjs", import.meta.url);

/**
 * The end of a fixture: keeps the bodies it is handed, and reads them when it is asked, while nobody
 * measures.
 *
 * @param module the URL of a module whose `countIn(bodies, wanted)` reads them, in a thread of its own
 * @param countOf what a body says of how many metrics are in it, for rows in which reading would disturb
 */
export function createEnd(module, wanted, countOf) {
  let bodies = [];
  let count = 0;
  let thread;
  let glancing = false;
  return {
    take(body) {
      if (glancing) count += countOf(body);
      // Copied: once its request has ended a transport may use the memory of a body again.
      else bodies.push(typeof body === "string" ? body : new Uint8Array(body));
    },
    /** From here on bodies are let go of at once, as a transport does, and believed what they say. */
    glance(on) {
      glancing = on && countOf !== undefined;
    },
    /** How many metrics came so far; rejects when one lacks what its call gave it. */
    async arrived() {
      thread ??= new Worker(reader, { workerData: { module, wanted } });
      thread.ref();
      thread.postMessage(bodies);
      bodies = [];
      const [answer] = await once(thread, "message");
      thread.unref();
      if (answer.error) throw new Error(answer.error);
      return (count += answer.count);
    },
  };
}

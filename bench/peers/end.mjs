import { once } from "node:events";
import { Worker } from "node:worker_threads";

const reader = new URL("../harness/reader.mjs", import.meta.url);

/** More than a block of any row. */
const SHELF_BYTES = 4e6;

/**
 * The end of a fixture: keeps the bodies it is handed until they are asked for, when nobody measures.
 *
 * @param module the URL of a module whose `countIn(bodies, wanted)` reads them, in a thread of its own
 */
export function createEnd(module, wanted) {
  const shelf = createShelf();
  let bodies = [];
  let count = 0;
  let thread;
  return {
    take: (body) => void bodies.push(typeof body === "string" ? body : shelf.copy(body)),
    /** How many metrics came so far; rejects when one lacks what its call gave it. */
    async arrived() {
      thread ??= new Worker(reader, { workerData: { module, wanted } });
      thread.ref();
      thread.postMessage(bodies.map((body) => body.slice()));
      bodies = [];
      shelf.clear();
      const [answer] = await once(thread, "message");
      thread.unref();
      if (answer.error) throw new Error(answer.error);
      return (count += answer.count);
    },
  };
}

/**
 * Memory for copies of bodies, as a transport may use the memory of a body again once it is sent. It was
 * used before, so that a copy costs no more than copying.
 */
function createShelf() {
  const memory = Buffer.alloc(SHELF_BYTES, 1);
  let used = 0;
  return {
    copy(body) {
      if (used + body.length > SHELF_BYTES) return Uint8Array.from(body);
      memory.set(body, used);
      return memory.subarray(used, (used += body.length));
    },
    clear: () => void (used = 0),
  };
}

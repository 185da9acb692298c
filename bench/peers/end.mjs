import { once } from "node:events";
import { Worker } from "node:worker_threads";

const reader = new URL("../harness/reader.mjs", import.meta.url);

/**
 * Creates the receiver of a fixture, which buffers request bodies and reads them between measurements.
 *
 * @param module the URL of a module whose `countIn(bodies, wanted)` reads them, in its own thread
 * @param countOf returns the number of metrics by a body's headers, for rows in which reading would disturb
 */
export function createEnd(module, wanted, countOf) {
  let bodies = [];
  let count = 0;
  let thread;
  let trustsHeaders = false;
  return {
    take(body) {
      if (trustsHeaders) count += countOf(body);
      // Copied, because a transport may reuse the memory of a body after its request has ended.
      else bodies.push(typeof body === "string" ? body : new Uint8Array(body));
    },
    /** Switches to counting metrics by the headers of bodies, without buffering them. */
    trustHeaders(on) {
      trustsHeaders = on && countOf !== undefined;
    },
    /** Resolves to the number of metrics so far. Rejects if one lacks a part of its call. */
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

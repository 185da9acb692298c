// A thread that reads arrived bodies, so that they do not count in the measured heap.
import { parentPort, workerData } from "node:worker_threads";

const { countIn } = await import(workerData.module);

parentPort.on("message", (bodies) => {
  try {
    parentPort.postMessage({ count: countIn(bodies, workerData.wanted) });
  } catch (error) {
    parentPort.postMessage({ error: error.message });
  }
});

// The thread that reads what arrived, so that the heap which is measured holds nothing of it.
import { parentPort, workerData } from "node:worker_threads";

const { countIn } = await import(workerData.module);

parentPort.on("message", (bodies) => {
  try {
    parentPort.postMessage({ count: countIn(bodies, workerData.wanted) });
  } catch (error) {
    parentPort.postMessage({ error: error.message });
  }
});

import { holdOpen } from "./timers.js";

/** Keeps the process alive until `work` settles. Give it only work that has a time limit. */
export async function whileHeldOpen<T>(work: PromiseLike<T>): Promise<T> {
  const letGo = holdOpen();
  try {
    return await work;
  } finally {
    letGo();
  }
}

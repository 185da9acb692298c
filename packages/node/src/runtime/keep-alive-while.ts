import { keepProcessAlive } from "./timers.js";

/** Keeps the process alive until `work` settles. Pass only work that has a time limit. */
export async function keepAliveWhile<T>(work: PromiseLike<T>): Promise<T> {
  const release = keepProcessAlive();
  try {
    return await work;
  } finally {
    release();
  }
}

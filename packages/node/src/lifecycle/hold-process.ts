/** The longest delay a timer takes; the work ends long before. */
const LONG_MS = 2 ** 31 - 1;

/**
 * Keeps the process alive until `work` settles. Timers and sockets here never do so by themselves, so
 * without it `await flush()` at the end of a script would end the process instead of waiting.
 * Give it only work that has a time limit.
 */
export async function holdProcess<T>(work: PromiseLike<T>): Promise<T> {
  const timer = setInterval(() => {}, LONG_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

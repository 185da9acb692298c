import type { Undo } from "@spanmeter/core";

/** The longest delay a timer takes. */
const LONG_MS = 2 ** 31 - 1;

/**
 * Keeps the process alive until it is undone. Timers and sockets here never do so by themselves, so
 * without it `await flush()` at the end of a script would end the process instead of waiting.
 */
export function holdOpen(): Undo {
  const timer = setInterval(() => {}, LONG_MS);
  return () => clearInterval(timer);
}

/** Keeps the process alive until `work` settles. Give it only work that has a time limit. */
export async function whileHeldOpen<T>(work: PromiseLike<T>): Promise<T> {
  const letGo = holdOpen();
  try {
    return await work;
  } finally {
    letGo();
  }
}

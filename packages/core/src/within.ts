import type { Undo } from "./platform.js";

/** The promise's value, or `late` when `ms` pass first. Without `ms` it waits as long as it takes. */
export async function within<T>(
  promise: Promise<T>,
  ms: number | undefined,
  late: T,
  setTimer: (fn: () => void, ms: number) => Undo,
): Promise<T> {
  if (ms === undefined) return promise;
  let undo: Undo | undefined;
  const timeout = new Promise<T>((resolve) => {
    undo = setTimer(() => resolve(late), ms);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    undo?.();
  }
}

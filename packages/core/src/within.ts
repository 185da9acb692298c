import type { Undo } from "./platform.js";

/** The promise's value, or `late` when `ms` pass first. Without `ms` it waits as long as it takes. */
export function within<T>(
  promise: Promise<T>,
  ms: number | undefined,
  late: T,
  setTimer: (fn: () => void, ms: number) => Undo,
): Promise<T> {
  if (ms === undefined) return promise;
  return new Promise((resolve, reject) => {
    const undo = setTimer(() => resolve(late), ms);
    promise.finally(undo).then(resolve, reject);
  });
}

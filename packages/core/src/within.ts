import type { Undo } from "./platform.js";

/** The promise's value, or `late` when `ms` pass first; without `ms`, or with more than a timer can
 * wait, it takes as long as it takes. */
export function within<T>(
  promise: Promise<T>,
  ms: number | undefined,
  late: T,
  setTimer: (fn: () => void, ms: number) => Undo,
): Promise<T> {
  if (!((ms as number) < 2 ** 31)) return promise;
  return new Promise((resolve, reject) => {
    const undo = setTimer(() => resolve(late), ms as number);
    promise.finally(undo).then(resolve, reject);
  });
}

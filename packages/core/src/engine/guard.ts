import type { Guard } from "../contract/engine.js";

/** Makes a guard that counts every failure, logs the first one, and lets none reach the application. */
export function createGuard(
  counts: { platformErrors: number },
  log: (text: string, cause: unknown) => void,
): Guard {
  return function guard(fn) {
    try {
      return fn();
    } catch (error) {
      counts.platformErrors++;
      log("a function of the platform threw", error);
      return undefined;
    }
  };
}

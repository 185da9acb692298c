/** Calls what belongs to the platform or the application; returns `undefined` when it throws. */
export type Guard = <T>(fn: () => T) => T | undefined;

/** Every failure is counted, the first one is logged, and none reaches the application. */
export function createGuard(
  counted: { platformErrors: number },
  log: (text: string, cause: unknown) => void,
): Guard {
  return (fn) => {
    try {
      return fn();
    } catch (error) {
      counted.platformErrors++;
      log("a function of the platform threw", error);
      return undefined;
    }
  };
}

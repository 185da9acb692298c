/**
 * Calls what belongs to the platform or the application, and returns `undefined` when it throws. `what`
 * names it in the message that a developer reads.
 */
export type Guard = <T>(what: string, fn: () => T) => T | undefined;

/** Every failure is counted and logged once per `what`; none of them reaches the application. */
export function createGuard(
  counted: { platformErrors: number },
  log: (text: string, cause: unknown) => void,
): Guard {
  return (what, fn) => {
    try {
      return fn();
    } catch (error) {
      counted.platformErrors++;
      log(`${what} threw`, error);
      return undefined;
    }
  };
}

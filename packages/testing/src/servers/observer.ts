/** Waits for conditions, which it checks at each event instead of polling. */
export interface Observer {
  /** Checks every waiting condition. Call it after each event. */
  notify(): void;
  /** Resolves once `holds` returns true. Rejects after `timeoutMs` with the text of `describe`. */
  until(holds: () => boolean, timeoutMs: number, describe: () => string): Promise<void>;
}

/** Creates an {@link Observer}. */
export function createObserver(): Observer {
  const checks = new Set<() => void>();
  return {
    notify: () => checks.forEach((check) => check()),
    until: (holds, timeoutMs, describe) =>
      new Promise((resolve, reject) => {
        const settleWith = (outcome: () => void): void => {
          checks.delete(check);
          clearTimeout(timer);
          outcome();
        };
        const check = (): void => {
          if (holds()) settleWith(resolve);
        };
        const fail = (): void =>
          reject(new Error(`the condition did not hold within ${timeoutMs} ms; ${describe()}`));
        const timer = setTimeout(() => settleWith(fail), timeoutMs);
        checks.add(check);
        check();
      }),
  };
}
